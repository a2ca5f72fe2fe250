from concurrent import futures
from time import monotonic
from urllib.request import urlopen

URLS = [
    "http://127.0.0.1:7001/user?ms=500",
    "http://127.0.0.1:7002/billing?ms=800",
    "http://127.0.0.1:7003/orders?ms=1200",
]

def call(url):
    with urlopen(url) as answer:  #: flight -- Once a thread is in here, nobody can call it back.
        return answer.read().decode()

began = monotonic()  #: begin
with futures.ThreadPoolExecutor() as pool:  #: over -- Waits for the calls that could not be cancelled.
    calls = [
        pool.submit(call, url) for url in URLS  #: start -- Hands out a ticket (a Future) at once.
    ]
    done, _ = futures.wait(  #: wait -- Waits for the first failure, or for all answers.
        calls, None, futures.FIRST_EXCEPTION
    )
    for one in done:
        print(one.exception() or one.result())  #: end fail -- What has ended by now, good or bad.
    pool.shutdown(cancel_futures=True)  #: cancel -- Drops calls that wait for a thread; others run on.
print(f"total {monotonic() - began:.1f} s")  #: over
