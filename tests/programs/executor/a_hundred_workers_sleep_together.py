import time
from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor(100) as executor:
    print(len(list(executor.map(lambda _: time.sleep(0.4), range(100)))))
