import threading
import time

woken = []


def work(ms):
    time.sleep(ms / 1000)
    woken.append(ms)


threads = [threading.Thread(target=work, args=(ms,)) for ms in (160, 40, 120, 80, 0)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(woken)
