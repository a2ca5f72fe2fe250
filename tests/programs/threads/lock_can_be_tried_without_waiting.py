import threading
import time

lock = threading.Lock()
print(lock.acquire(), lock.locked())
print(lock.acquire(blocking=False))
start = time.monotonic()
print(lock.acquire(timeout=0.1), time.monotonic() - start >= 0.09)
lock.release()
print(lock.acquire(timeout=0.1), lock.locked())
for arguments in ({"blocking": False, "timeout": 1}, {"timeout": -2}):
    try:
        lock.acquire(**arguments)
    except ValueError:
        print("ValueError")
