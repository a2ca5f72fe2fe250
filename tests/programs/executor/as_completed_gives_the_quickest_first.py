import time
from concurrent.futures import ThreadPoolExecutor, as_completed


def work(seconds):
    time.sleep(seconds)
    return seconds


with ThreadPoolExecutor() as executor:
    futures = [executor.submit(work, seconds) for seconds in (0.45, 0.15, 0.3)]
    print([future.result() for future in as_completed(futures)])
