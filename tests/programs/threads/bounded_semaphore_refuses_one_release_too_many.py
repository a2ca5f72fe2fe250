import threading

semaphore = threading.BoundedSemaphore(2)
print(semaphore.acquire(), semaphore.acquire(), semaphore.acquire(blocking=False))
semaphore.release(2)
try:
    semaphore.release()
except ValueError as error:
    print(error)
plain = threading.Semaphore(0)
plain.release(3)
print([plain.acquire(timeout=0.01) for _ in range(4)])
try:
    threading.Semaphore(-1)
except ValueError as error:
    print(error)
