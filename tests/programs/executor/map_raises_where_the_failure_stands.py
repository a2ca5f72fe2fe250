import time
from concurrent.futures import ThreadPoolExecutor


def work(number):
    time.sleep(0.1)
    if number == 1:
        raise ValueError(f"no {number}")
    return number


ran = []
with ThreadPoolExecutor(1) as executor:
    results = executor.map(lambda number: (ran.append(number), work(number)), range(6))
    print(next(results))
    try:
        next(results)
    except ValueError as error:
        print(error)
    try:
        next(results)
    except StopIteration:
        print("nothing after it")
print("the rest was cancelled:", ran[:3] in ([0, 1], [0, 1, 2]) and len(ran) < 6)
