import queue
import time

items = queue.Queue(maxsize=2)
items.put("a")
items.put("b")
print(items.full(), items.qsize())
start = time.monotonic()
for attempt in (lambda: items.put_nowait("c"), lambda: items.put("c", timeout=0.15)):
    try:
        attempt()
    except queue.Full:
        print("Full", time.monotonic() - start >= 0.14)
print(items.get(), items.full())
items.put("c", block=False)
print([items.get() for _ in range(2)])
