import threading
import time


def count():
    total = 0
    for number in range(40_000):
        total += number


def in_turn():
    count()
    count()


def in_threads():
    threads = [threading.Thread(target=count) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def took(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


# The best of five, each beside the other: a busy machine slows some of them, not all.
turns, threads = [], []
for _ in range(5):
    turns.append(took(in_turn))
    threads.append(took(in_threads))
print(min(threads) > 0.6 * min(turns))
