import time
from concurrent.futures import ThreadPoolExecutor, as_completed

with ThreadPoolExecutor() as executor:
    futures = [executor.submit(time.sleep, seconds) for seconds in (0.05, 0.4)]
    try:
        for future in as_completed(futures, timeout=0.2):
            print(futures.index(future), "completed")
    except TimeoutError as error:
        print(error)
