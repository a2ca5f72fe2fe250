import threading

lock = threading.RLock()


def down(number):
    with lock:
        return [] if number == 0 else [number, *down(number - 1)]


print(down(4))
entered = []


def other():
    entered.append(lock.acquire(blocking=False))


with lock:
    thread = threading.Thread(target=other)
    thread.start()
    thread.join()
print(entered, lock.acquire(blocking=False))
