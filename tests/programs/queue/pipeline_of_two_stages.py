import queue
import threading
import time

raw, cooked = queue.Queue(), queue.Queue()


def cook():
    while (item := raw.get()) is not None:
        time.sleep(0.05)
        cooked.put(f"cooked {item}")
    cooked.put(None)


def serve():
    while (item := cooked.get()) is not None:
        print("served", item)


threads = [threading.Thread(target=target) for target in (cook, serve)]
for thread in threads:
    thread.start()
for item in ("egg", "leek", "rice", None):
    raw.put(item)
for thread in threads:
    thread.join()
