# ends: stopped
import atexit
import time

@atexit.register
def spin():
    print("begun", flush=True)
    time.sleep(0)
    while True:
        pass
