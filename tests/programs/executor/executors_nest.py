import time
from concurrent.futures import ThreadPoolExecutor


def inner(number):
    time.sleep(0.2)
    return number


def outer(number):
    with ThreadPoolExecutor(2) as executor:
        return sum(executor.map(inner, [number, number]))


with ThreadPoolExecutor(2) as executor:
    print(list(executor.map(outer, [1, 2])))
