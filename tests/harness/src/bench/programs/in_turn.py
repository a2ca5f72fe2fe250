import time


def first():
    time.sleep(2)
    return "first"


def second():
    time.sleep(2)
    return "second"


start = time.perf_counter()
print(first())
print(second())
print(f"{time.perf_counter() - start:.4f}")
