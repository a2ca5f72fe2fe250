import time
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

start = time.perf_counter()
with ThreadPoolExecutor() as executor:
    futures = [executor.submit(time.sleep, seconds) for seconds in (0.5, 0.2)]
    done, not_done = wait(futures, return_when=FIRST_COMPLETED)
    print(len(done), len(not_done), time.perf_counter() - start < 0.4)
print(all(future.done() for future in futures))
