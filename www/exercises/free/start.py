import time
from concurrent.futures import ThreadPoolExecutor

NAMES = ["user", "billing", "orders"]


def timed(title, work):
    start = time.perf_counter()
    names = [answer["service"] for answer in work()]
    print(f"{title}: {names} in {time.perf_counter() - start:.1f} s")


def one_after_another():
    return [call(name) for name in NAMES]


def all_at_once():
    with ThreadPoolExecutor() as executor:
        return list(executor.map(call, NAMES))


timed("One after another", one_after_another)
timed("All at once", all_at_once)
# Now yours: what would you try?
