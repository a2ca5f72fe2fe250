import time


def key(number):
    time.sleep(0.1)
    return number


print(sorted([3, 1, 2], key=key))
