from concurrent.futures import (
    ThreadPoolExecutor,
)
from time import monotonic
from urllib.request import urlopen

URLS = [
    "http://127.0.0.1:7001/user?ms=500",
    "http://127.0.0.1:7002/billing?ms=800",
    "http://127.0.0.1:7003/orders?ms=1200",
]

def call(url):
    with urlopen(url) as answer:  #: flight -- Waits for the network; the GIL is free meanwhile.
        return answer.read().decode()

began = monotonic()
with ThreadPoolExecutor() as executor:  #: begin over -- Joins its threads and cleans up when the block ends.
    futures = [
        executor.submit(call, url)  #: start -- Hands out a ticket (a Future) at once.
        for url in URLS
    ]
    for future in futures:
        error = future.exception()  #: wait fail -- Waits at the counter; an error is a value here.
        print(error or future.result())  #: end -- The answer is there: result() gives it at once.
print(f"total {monotonic() - began:.1f} s")  #: over -- The longest of the calls.
