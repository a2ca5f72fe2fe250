from threading import Thread
from time import monotonic
from urllib.request import urlopen

URLS = [
    "http://127.0.0.1:7001/user?ms=500",
    "http://127.0.0.1:7002/billing?ms=800",
    "http://127.0.0.1:7003/orders?ms=1200",
]
results = {}

def call(url):
    with urlopen(url) as answer:  #: flight fail -- If this raises, only the thread hears of it.
        results[url] = answer.read().decode()  #: end -- A thread returns nothing: it leaves its answer here.

began = monotonic()  #: begin
threads = []
for url in URLS:
    thread = Thread(target=call, args=[url])
    thread.start()  #: start -- From here on two flows of control run.
    threads.append(thread)
for thread in threads:
    thread.join()  #: wait -- Waits for the thread's end, good or bad alike.
for url in URLS:
    print(results.get(url, "no answer"))  #: over -- What went wrong is lost: only the gap shows.
print(f"total {monotonic() - began:.1f} s")  #: over
