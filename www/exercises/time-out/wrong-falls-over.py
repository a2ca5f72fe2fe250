# fails: prints
from concurrent.futures import ThreadPoolExecutor


def ask(name):
    return call(name, timeout=1.0)["service"]


with ThreadPoolExecutor() as executor:
    for name in executor.map(ask, ["profile", "recommendations"]):
        print(name)
