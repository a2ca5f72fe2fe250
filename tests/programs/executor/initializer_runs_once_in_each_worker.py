import threading
import time
from concurrent.futures import ThreadPoolExecutor

local = threading.local()
made = []


def initialize(word):
    local.word = f"{word} {threading.current_thread().name}"
    made.append(local.word)


def work(_):
    time.sleep(0.1)
    return local.word


with ThreadPoolExecutor(2, "cook", initialize, ("hello",)) as executor:
    print(sorted(executor.map(work, range(4))))
print(sorted(made))
