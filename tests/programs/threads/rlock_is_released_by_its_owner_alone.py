import threading

lock = threading.RLock()
lock.acquire()


def other():
    try:
        lock.release()
    except RuntimeError as error:
        print("thread:", error)


thread = threading.Thread(target=other)
thread.start()
thread.join()
lock.release()
try:
    lock.release()
except RuntimeError as error:
    print("main:", error)
