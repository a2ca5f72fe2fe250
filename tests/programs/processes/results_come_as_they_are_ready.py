# untimed: a process takes longer to begin in a page
import time
from multiprocessing import Pool


def work(seconds):
    time.sleep(seconds)
    return seconds


if __name__ == "__main__":
    with Pool(2) as pool:
        pool.map(work, [0.1, 0.1])
        print(list(pool.imap_unordered(work, [0.4, 0.1])))
        print(list(pool.imap(work, [0.2, 0.1])))
        result = pool.apply_async(work, (0.1,))
        print(result.get(timeout=5), result.successful())
