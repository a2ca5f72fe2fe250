import time
from concurrent.futures import ThreadPoolExecutor

executor = ThreadPoolExecutor(1)
futures = [executor.submit(time.sleep, 0.3) for _ in range(3)]
print(futures[1].cancel(), futures[0].cancel())
executor.shutdown(wait=True, cancel_futures=True)
print([future.cancelled() for future in futures])
try:
    executor.submit(print)
except RuntimeError as error:
    print(error)
