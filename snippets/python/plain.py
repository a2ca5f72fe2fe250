from time import time
from urllib.request import urlopen

HOST = "http://127.0.0.1"
URLS = {
    "first": f"{HOST}:7001/user?ms=2000",
    "second": f"{HOST}:7002/billing?ms=2000",
}

def log(text):
    print(f"{text} {time() - began:.0f} s")

def call(name):
    log(f"start {name}")  #: start
    with urlopen(URLS[name]) as answer:  #: flight -- The whole program waits here for the network.
        body = answer.read().decode()
    log(f"done {name}")  #: end
    return body

began = time()  #: begin
print(call("first"))  #: start:1 end:1
print(call("second"))  #: start:2 end:2 -- Comes to its turn only when the first call is done.
log("total")  #: over -- The sum of both calls.
