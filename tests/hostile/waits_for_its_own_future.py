# ends: deadlock
# says: future
from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor(1) as executor:
    executor.submit(lambda: executor.submit(print).result()).result()
