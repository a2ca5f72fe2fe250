import threading
import time
from concurrent.futures import ThreadPoolExecutor


def work(number):
    time.sleep(0.2)
    return threading.current_thread().name


with ThreadPoolExecutor(max_workers=2) as executor:
    print(sorted(executor.map(work, range(4))))
