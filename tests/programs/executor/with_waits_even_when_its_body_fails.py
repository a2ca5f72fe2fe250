import time
from concurrent.futures import ThreadPoolExecutor


def work():
    time.sleep(0.2)
    print("done")


try:
    with ThreadPoolExecutor() as executor:
        executor.submit(work)
        raise ValueError("body")
except ValueError as error:
    print("after it:", error)
