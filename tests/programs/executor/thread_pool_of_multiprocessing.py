import time
from multiprocessing.pool import ThreadPool


def work(number):
    time.sleep(0.2)
    return number + 1


with ThreadPool(3) as pool:
    print(pool.map(work, range(3)))
    print(pool.starmap(pow, [(2, 3), (3, 2)]), pool.apply(work, (9,)))
    print(sorted(pool.imap_unordered(work, range(3))))
