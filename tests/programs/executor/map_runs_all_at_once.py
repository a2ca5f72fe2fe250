import time
from concurrent.futures import ThreadPoolExecutor


def square(number):
    time.sleep(0.3)
    return number * number


with ThreadPoolExecutor(4) as executor:
    print(list(executor.map(square, range(4))))
