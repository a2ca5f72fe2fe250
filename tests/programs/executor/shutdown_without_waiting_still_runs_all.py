import time
from concurrent.futures import ThreadPoolExecutor


def work(number):
    time.sleep(0.1)
    print("done", number)


executor = ThreadPoolExecutor(1)
futures = [executor.submit(work, number) for number in range(2)]
executor.shutdown(wait=False)
print("not waited for", [future.done() for future in futures])
executor.shutdown(wait=True)
print("waited for", [future.done() for future in futures])
