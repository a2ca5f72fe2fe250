import threading

lock = threading.Lock()
lock.acquire()
timer = threading.Timer(0.1, lock.release)
timer.start()
with lock:
    print("mine now")
timer.join()
try:
    lock.release()
except RuntimeError as error:
    print(error)
