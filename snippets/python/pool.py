from concurrent.futures import (
    ThreadPoolExecutor,
)
from time import monotonic
from urllib.request import urlopen

URLS = 2 * [
    "http://127.0.0.1:7001/user?ms=500",
    "http://127.0.0.1:7002/billing?ms=800",
    "http://127.0.0.1:7003/orders?ms=1200",
]

def call(url):
    try:
        with urlopen(url) as answer:  #: start flight -- Waits for the network; the GIL is free meanwhile.
            return answer.read().decode()  #: end
    except OSError as error:  #: fail -- Kept as an outcome, so that the others go on.
        return error

began = monotonic()
with ThreadPoolExecutor(
    max_workers=2  #: begin -- Two threads: at most two calls in flight.
) as executor:
    for answer in executor.map(call, URLS):  #: queue wait -- Queues all calls at once; answers come in order.
        print(answer)
print(f"total {monotonic() - began:.1f} s")  #: over
