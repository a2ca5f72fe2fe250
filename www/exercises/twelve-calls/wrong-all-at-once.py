# fails: limit
from concurrent.futures import ThreadPoolExecutor

NAMES = [f"order-{number}" for number in range(1, 13)]

with ThreadPoolExecutor(max_workers=len(NAMES)) as executor:
    for order in executor.map(call, NAMES):
        print(order["service"])
