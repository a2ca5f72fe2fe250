import time
from concurrent.futures import ThreadPoolExecutor


def first():
    time.sleep(2)
    return "first"


def second():
    time.sleep(2)
    return "second"


start = time.perf_counter()
with ThreadPoolExecutor() as executor:
    futures = [executor.submit(first), executor.submit(second)]
    for future in futures:
        print(future.result())
print(f"{time.perf_counter() - start:.4f}")
