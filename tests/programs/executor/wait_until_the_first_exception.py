import time
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait


def work(seconds):
    time.sleep(seconds)
    if seconds == 0.2:
        raise ValueError("boom")


with ThreadPoolExecutor() as executor:
    futures = [executor.submit(work, seconds) for seconds in (0.5, 0.2, 0.1)]
    done, not_done = wait(futures, return_when=FIRST_EXCEPTION)
    print(len(done), len(not_done), [future.exception() for future in futures if future in done])
