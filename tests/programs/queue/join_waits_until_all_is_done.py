import queue
import threading
import time

items = queue.Queue()
done = []


def work():
    while True:
        item = items.get()
        time.sleep(0.05)
        done.append(item)
        items.task_done()


for _ in range(2):
    threading.Thread(target=work, daemon=True).start()
for item in range(6):
    items.put(item)
print(items.unfinished_tasks > 0)
items.join()
print(sorted(done), items.unfinished_tasks)
