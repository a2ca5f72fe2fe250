import threading
import time

ready = False
turns = 0


def work():
    global turns
    while not ready:
        turns += 1


thread = threading.Thread(target=work)
thread.start()
time.sleep(0.1)
ready = True
thread.join()
print("it ended, after many turns:", turns > 100)
