from concurrent.futures import (
    ProcessPoolExecutor,
)
from time import monotonic

def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)

def work(name):
    print(f"start {name}")
    answer = fib(34)  #: work -- In a process of its own, with a GIL of its own.
    print(f"done {name} {answer}")  #: end

if __name__ == "__main__":  #: begin -- The new processes import this file, but do not run this.
    began = monotonic()
    with ProcessPoolExecutor(2) as pool:  #: over -- Ends its processes when the block ends.
        first = pool.submit(work, "first")  #: start:1 -- The name is copied to another process.
        second = pool.submit(work, "second")  #: start:2
        first.result()  #: wait:1
        second.result()  #: wait:2
    s = monotonic() - began
    print(f"total {s:.1f} s")  #: over -- The longer of the two, and the processes' start.
