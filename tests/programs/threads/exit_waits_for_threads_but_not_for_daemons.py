import atexit
import threading
import time


def work(name, seconds):
    time.sleep(seconds)
    print(name, "is done")


threading.Thread(target=work, args=("thread", 0.3)).start()
threading.Thread(target=work, args=("daemon", 5), daemon=True).start()
atexit.register(print, "at exit")
print("main is done")
