import time
from concurrent.futures import ThreadPoolExecutor, as_completed


def load(name, seconds):
    time.sleep(seconds)
    if name == "bad":
        raise OSError("cannot load")
    return len(name)


with ThreadPoolExecutor(max_workers=3) as executor:
    tasks = {"user": 0.3, "bad": 0.1, "orders": 0.2}
    futures = {executor.submit(load, *task): task[0] for task in tasks.items()}
    for future in as_completed(futures):
        try:
            print(futures[future], future.result())
        except OSError as error:
            print(futures[future], "failed:", error)
