from concurrent.futures import ThreadPoolExecutor


def load(number):
    return call("user", ms=150)["ms"]


with ThreadPoolExecutor(max_workers=12) as executor:
    print(sum(executor.map(load, range(12))))
