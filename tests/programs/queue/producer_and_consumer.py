import queue
import threading
import time

items = queue.Queue(maxsize=1)
got = []


def produce():
    for item in range(3):
        time.sleep(0.1)
        items.put(item)
    items.put(None)


def consume():
    while (item := items.get()) is not None:
        got.append(item)


threads = [threading.Thread(target=target) for target in (produce, consume)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(got)
