# ends: stopped
import signal
import sys
import threading
import time

signal.signal(signal.SIGVTALRM, signal.SIG_IGN)
sys.setswitchinterval(1_000_000)
print("begun", flush=True)
time.sleep(0)
flag = threading.Event()
threading.Timer(0, flag.set).start()
while not flag.is_set():
    pass
while True:
    pass
