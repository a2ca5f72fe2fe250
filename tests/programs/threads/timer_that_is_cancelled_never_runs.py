import threading
import time

timers = [threading.Timer(0.1, print, args=["first"]), threading.Timer(0.1, print, ["second"])]
for timer in timers:
    timer.start()
timers[0].cancel()
time.sleep(0.2)
print([timer.is_alive() for timer in timers])
