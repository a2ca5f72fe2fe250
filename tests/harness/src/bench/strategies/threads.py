"""The same calls by Python's standard library.

Reads {"client": "urllib" | "http.client", "urls": [...]} and prints how many
milliseconds a ThreadPoolExecutor(max_workers=6) takes for all of them.
"""

import json
import sys
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlsplit

WORKERS = 6  # a browser's limit for one host, too


def urllib_call(url):
    """One call as Python's documentation writes it: a connection of its own."""
    with urllib.request.urlopen(url) as response:
        json.loads(response.read())


mine = threading.local()


def kept_alive_call(url):
    """One call on the connection that this thread has kept, as browsers do."""
    parts = urlsplit(url)
    if not hasattr(mine, "connection"):
        mine.connection = HTTPConnection(parts.netloc)
    mine.connection.request("GET", f"{parts.path}?{parts.query}")
    response = mine.connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise RuntimeError(f"{url} answered {response.status}")
    json.loads(body)


CLIENTS = {"urllib": urllib_call, "http.client": kept_alive_call}


def main():
    asked = json.load(sys.stdin)
    call = CLIENTS[asked["client"]]
    # Straight to the services, whatever proxy the machine has for elsewhere.
    urllib.request.install_opener(urllib.request.build_opener(urllib.request.ProxyHandler({})))
    start = time.perf_counter()
    with ThreadPoolExecutor(max_workers=WORKERS) as executor:
        futures = [executor.submit(call, url) for url in asked["urls"]]
        for future in futures:
            future.result()
    print((time.perf_counter() - start) * 1000)


main()
