import threading
import time

lock = threading.Lock()


def work():
    with lock:
        time.sleep(0.1)


threads = [threading.Thread(target=work) for _ in range(4)]
start = time.perf_counter()
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(round(time.perf_counter() - start, 1))
