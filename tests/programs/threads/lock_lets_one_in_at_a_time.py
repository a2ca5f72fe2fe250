import threading
import time

count = 0
lock = threading.Lock()


def increment():
    global count
    for _ in range(3):
        with lock:
            seen = count
            time.sleep(0.01)
            count = seen + 1


threads = [threading.Thread(target=increment) for _ in range(5)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(count)
