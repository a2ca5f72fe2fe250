# Bound by its calls: eight waves of them, and nothing to compute.
from concurrent.futures import ThreadPoolExecutor

NAMES = [f"order-{number}" for number in range(48)]


def fetch(name):
    answer = call(name, ms=200)
    return answer["service"]


with ThreadPoolExecutor(max_workers=6) as executor:
    for name in executor.map(fetch, NAMES):
        print(name)
