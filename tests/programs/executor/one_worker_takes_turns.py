import time
from concurrent.futures import ThreadPoolExecutor


def work(number):
    time.sleep(0.2)
    return number


with ThreadPoolExecutor(max_workers=1) as executor:
    print(list(executor.map(work, range(3))))
