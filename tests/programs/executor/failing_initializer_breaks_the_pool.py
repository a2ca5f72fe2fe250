import logging
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from concurrent.futures.thread import BrokenThreadPool

logging.disable()


def initialize():
    raise ValueError("no knives")


with ThreadPoolExecutor(1, initializer=initialize) as executor:
    future = executor.submit(print, "never")
    try:
        future.result()
    except BrokenThreadPool as error:
        print(error, isinstance(error, BrokenExecutor))
    try:
        executor.submit(print, "never")
    except BrokenThreadPool as error:
        print(error)
