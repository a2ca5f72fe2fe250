import threading
import time


def inner():
    time.sleep(0.1)
    print("inner", threading.current_thread().name, threading.current_thread().daemon)


def outer(daemon):
    thread = threading.Thread(target=inner, name=f"of {threading.current_thread().name}")
    thread.start()
    thread.join()
    print("outer", daemon)


for daemon in (False, True):
    thread = threading.Thread(target=outer, args=(daemon,), name=f"thread-{daemon}", daemon=daemon)
    thread.start()
    thread.join()
