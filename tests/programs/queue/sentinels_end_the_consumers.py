import queue
import threading

items, results = queue.Queue(), queue.Queue()


def work():
    for item in iter(items.get, None):
        results.put(item * item)
    results.put(None)


threads = [threading.Thread(target=work) for _ in range(3)]
for thread in threads:
    thread.start()
for item in range(8):
    items.put(item)
for _ in threads:
    items.put(None)
for thread in threads:
    thread.join()
found = [results.get() for _ in range(results.qsize())]
print(sorted(item for item in found if item is not None), found.count(None))
