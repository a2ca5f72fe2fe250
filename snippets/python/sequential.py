from time import monotonic
from urllib.request import urlopen

URLS = [
    "http://127.0.0.1:7001/user?ms=500",
    "http://127.0.0.1:7002/billing?ms=800",
    "http://127.0.0.1:7003/orders?ms=1200",
]

def call(url):
    with urlopen(url) as answer:  #: flight -- The whole program waits here for the network.
        return answer.read().decode()

began = monotonic()  #: begin
for url in URLS:
    print(call(url))  #: start end -- The next call is made only when this one is done.
print(f"total {monotonic() - began:.1f} s")  #: over -- The sum of all calls.
