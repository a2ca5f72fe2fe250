import threading
import time

lock = threading.Lock()
done = 0


def work():
    global done
    for _ in range(25):
        with lock:
            time.sleep(0.001)
            done += 1


threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(done)
