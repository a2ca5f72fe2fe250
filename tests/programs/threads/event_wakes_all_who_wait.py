import threading
import time

event = threading.Event()
woken = []


def work(name):
    event.wait()
    woken.append(name)


threads = [threading.Thread(target=work, args=(name,)) for name in "abc"]
for thread in threads:
    thread.start()
print(event.wait(0.1), woken)
event.set()
for thread in threads:
    thread.join()
print(sorted(woken), event.wait())
event.clear()
print(event.is_set(), event.wait(0))
