import time
from concurrent.futures import ThreadPoolExecutor


def work(name, seconds):
    time.sleep(seconds)
    print("done", name)
    return name


with ThreadPoolExecutor() as executor:
    for result in executor.map(work, ["slow", "quick", "unpaired"], [0.3, 0.1]):
        print("result", result)
