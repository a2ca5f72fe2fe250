import time
from concurrent.futures import ThreadPoolExecutor

start = time.perf_counter()
time.sleep(0.3)
time.sleep(0.3)
print(round(time.perf_counter() - start, 1))
start = time.perf_counter()
with ThreadPoolExecutor() as executor:
    executor.submit(time.sleep, 0.3)
    executor.submit(time.sleep, 0.3)
print(round(time.perf_counter() - start, 1))
