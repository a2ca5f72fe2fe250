import threading
import time

log = []


def work():
    log.append("thread")


thread = threading.Thread(target=work)
thread.start()
while not log:
    time.sleep(0)
log.append("main")
thread.join()
print(log)
