import time
from concurrent.futures import ThreadPoolExecutor


def work(seconds):
    time.sleep(seconds)
    return seconds


with ThreadPoolExecutor() as executor:
    results = executor.map(work, [0.1, 0.5], timeout=0.25)
    try:
        for result in results:
            print(result)
    except TimeoutError:
        print("TimeoutError")
