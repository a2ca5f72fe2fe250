from concurrent.futures import (
    ThreadPoolExecutor,
)
from time import time
from urllib.request import urlopen

PATHS = {"first": "7001/user?ms=2000",
         "second": "7002/billing?ms=2000"}

def log(text):
    print(f"{text} {time() - began:.0f} s")

def call(name):
    log(f"start {name}")  #: start
    url = f"http://127.0.0.1:{PATHS[name]}"
    with urlopen(url) as answer:  #: flight -- Waits for the network; the GIL is free meanwhile.
        log(f"done {name}")  #: end
        return answer.read().decode()

began = time()
with ThreadPoolExecutor() as executor:  #: begin over -- Joins its threads and cleans up when the block ends.
    first = executor.submit(call, "first")  #: start:1 -- Hands out a ticket (a Future) at once.
    second = executor.submit(call, "second")  #: start:2 -- The same, while the first call is in flight.
    print(first.result())  #: wait:1 end:1 -- Waits at the counter; raises what the call raised.
    print(second.result())  #: wait:2 end:2 -- By now it is done too, or nearly.
log("total")  #: over -- The longer of the two calls.
