import time
from concurrent.futures import ThreadPoolExecutor

NAMES = ["user", "orders"]


def ask(name):
    # Nobody may keep a thread for ever.
    return call(name, timeout=5)["service"]


start = time.perf_counter()
# Both only wait, and a thread that waits lets go of the GIL.
with ThreadPoolExecutor(max_workers=len(NAMES)) as executor:
    print(*executor.map(ask, NAMES))
print(f"{time.perf_counter() - start:.1f} s")
