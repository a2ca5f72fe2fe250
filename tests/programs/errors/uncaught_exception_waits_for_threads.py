import threading
import time


def work():
    time.sleep(0.2)
    print("thread is done")


threading.Thread(target=work).start()
raise ValueError("main is broken")
