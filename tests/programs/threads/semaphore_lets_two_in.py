import threading
import time

semaphore = threading.Semaphore(2)
inside = 0
most = 0


def work():
    global inside, most
    with semaphore:
        inside += 1
        most = max(most, inside)
        time.sleep(0.15)
        inside -= 1


threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("at most", most)
