from concurrent import futures
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

began = monotonic()  #: begin
with futures.ThreadPoolExecutor() as pool:  #: over -- Waits for the calls that could not be cancelled.
    calls = [
        pool.submit(call, url) for url in URLS  #: start -- Hands out a ticket (a Future) at once.
    ]
    for one in futures.as_completed(calls):  #: wait -- Gives each Future when it ends: quickest first.
        if not one.exception():  #: fail -- A failure is no answer: wait for the next one.
            print(one.result())  #: end -- The first good answer.
            break
    pool.shutdown(cancel_futures=True)  #: cancel -- Drops calls that wait for a thread; others run on.
print(f"total {monotonic() - began:.1f} s")  #: over
