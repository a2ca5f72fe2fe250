import queue
import time

items = queue.Queue()
start = time.monotonic()
for attempt in (items.get_nowait, lambda: items.get(timeout=0.15)):
    try:
        attempt()
    except queue.Empty:
        print("Empty", time.monotonic() - start >= 0.14)
try:
    items.get(timeout=-1)
except ValueError as error:
    print(error)
