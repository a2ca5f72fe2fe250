from time import monotonic

def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)

def work(name):
    print(f"start {name}")  #: start
    answer = fib(34)  #: work -- Nothing is waited for: the processor is busy.
    print(f"done {name} {answer}")  #: end

began = monotonic()  #: begin
work("first")  #: start:1
work("second")  #: start:2
print(f"total {monotonic() - began:.1f} s")  #: over -- The sum of both.
