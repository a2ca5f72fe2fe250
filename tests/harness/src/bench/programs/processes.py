# Two pieces of work, one after the other and by two processes that have been started.
import json
import time
from concurrent.futures import ProcessPoolExecutor

ROUNDS = 12


def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


def work(rounds):
    return sum(fibonacci(20) for _ in range(rounds))


def took(run):
    start = time.perf_counter()
    run()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    in_turn = took(lambda: [work(ROUNDS), work(ROUNDS)])
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(work, [1, 1]))
        together = took(lambda: list(pool.map(work, [ROUNDS, ROUNDS])))
    print(json.dumps([in_turn, together]))
