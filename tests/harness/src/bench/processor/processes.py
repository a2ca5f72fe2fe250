"""The same work by Python's processes: two tasks of naive Fibonacci numbers, of
about so many milliseconds each as the first argument says.

Prints how long they take one after the other and in a ProcessPoolExecutor(2)
whose processes have been started, in milliseconds, as a JSON list.
"""

import json
import sys
import time
from concurrent.futures import ProcessPoolExecutor


def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


def work(rounds):
    return sum(fibonacci(16) for _ in range(rounds))


def took(run):
    start = time.perf_counter()
    run()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    SAMPLE = 100
    rounds = round(float(sys.argv[1]) / took(lambda: work(SAMPLE)) * SAMPLE)
    in_turn = took(lambda: [work(rounds), work(rounds)])
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(work, [1, 1]))
        together = took(lambda: list(pool.map(work, [rounds, rounds])))
    print(json.dumps([in_turn, together]))
