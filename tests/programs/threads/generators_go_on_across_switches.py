import time
from concurrent.futures import ThreadPoolExecutor


def numbers():
    for number in range(3):
        time.sleep(0.1)
        yield number


def collect():
    return list(numbers())


with ThreadPoolExecutor() as executor:
    futures = [executor.submit(collect), executor.submit(collect)]
    print([future.result() for future in futures])
