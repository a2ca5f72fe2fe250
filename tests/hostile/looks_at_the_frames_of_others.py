# ends: ok, raised, broken
import sys
import threading
import time

frames = []

def wait():
    frames.append(sys._getframe())
    time.sleep(0.2)

threads = [threading.Thread(target=wait) for _ in range(100)]
for thread in threads:
    thread.start()
for frame in frames:
    while frame is not None:
        frame.f_lineno, frame.f_locals
        try:
            frame.clear()
        except RuntimeError:
            pass
        frame = frame.f_back
for thread in threads:
    thread.join()
