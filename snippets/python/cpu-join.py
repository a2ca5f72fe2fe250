from concurrent.futures import (
    ThreadPoolExecutor,
)
from time import monotonic

def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)

def work(name):
    print(f"start {name}")  #: start
    answer = fib(34)  #: work -- Holds the GIL; the threads take turns at it.
    print(f"done {name} {answer}")  #: end

began = monotonic()
with ThreadPoolExecutor() as executor:  #: begin over -- Joins its threads and cleans up when the block ends.
    first = executor.submit(work, "first")  #: start:1
    second = executor.submit(work, "second")  #: start:2
    first.result()  #: wait:1
    second.result()  #: wait:2
print(f"total {monotonic() - began:.1f} s")  #: over -- No quicker than in turn: one GIL, one at a time.
