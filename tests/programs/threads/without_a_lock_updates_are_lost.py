import threading
import time

count = 0


def increment():
    global count
    seen = count
    time.sleep(0.05)
    count = seen + 1


threads = [threading.Thread(target=increment) for _ in range(5)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(count)
