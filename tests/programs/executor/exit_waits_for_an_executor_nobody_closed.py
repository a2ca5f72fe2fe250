import time
from concurrent.futures import ThreadPoolExecutor


def work():
    time.sleep(0.3)
    print("done")


ThreadPoolExecutor(2).submit(work)
print("main is done")
