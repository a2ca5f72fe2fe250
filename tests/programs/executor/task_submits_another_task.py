import time
from concurrent.futures import ThreadPoolExecutor


def leaf(number):
    time.sleep(0.1)
    return number


def tree(executor, number):
    return [executor.submit(leaf, number + offset) for offset in range(2)]


with ThreadPoolExecutor(4) as executor:
    futures = executor.submit(tree, executor, 10).result()
    print([future.result() for future in futures])
