import time
from multiprocessing import TimeoutError
from multiprocessing.pool import ThreadPool


def work(seconds, divisor):
    time.sleep(seconds)
    return 10 / divisor


with ThreadPool(2) as pool:
    good = pool.apply_async(work, (0.1, 5), callback=lambda result: print("callback", result))
    bad = pool.apply_async(work, (0.3, 0), error_callback=lambda error: print("failed", error))
    try:
        good.get(timeout=0.05)
    except TimeoutError:
        print("not yet", good.ready())
    print(good.get())
    bad.wait()
    time.sleep(0.05)
    print(bad.successful(), good.successful())
