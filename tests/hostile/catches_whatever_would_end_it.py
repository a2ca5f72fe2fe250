# ends: stopped
import atexit
import signal
import sys
import time

def again(*args):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass

print("begun", flush=True)
time.sleep(0)
atexit.register(again)
sys.excepthook = again
for number in range(1, 32):
    try:
        signal.signal(number, again)
    except (OSError, ValueError):
        pass
again()
