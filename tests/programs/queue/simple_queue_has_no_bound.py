import queue
import threading
import time

items = queue.SimpleQueue()
print(items.empty(), items.qsize())


def produce():
    for item in range(3):
        time.sleep(0.05)
        items.put(item)


threading.Thread(target=produce).start()
print([items.get() for _ in range(3)])
for attempt in (items.get_nowait, lambda: items.get(timeout=0.1), lambda: items.get(block=False)):
    try:
        attempt()
    except queue.Empty as error:
        print("Empty", error.args)
