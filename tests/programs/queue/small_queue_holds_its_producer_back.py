import queue
import threading
import time

items = queue.Queue(maxsize=2)
log = []


def produce():
    for item in range(4):
        items.put(item)
        log.append(f"put {item}")


thread = threading.Thread(target=produce)
thread.start()
time.sleep(0.1)
print(log)
for _ in range(4):
    items.get()
thread.join()
print(log)
