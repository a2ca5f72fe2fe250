import threading
import time

condition = threading.Condition()
woken = []


def work(name):
    with condition:
        condition.wait()
        woken.append(name)


threads = [threading.Thread(target=work, args=(name,)) for name in "abc"]
for thread in threads:
    thread.start()
    time.sleep(0.02)
with condition:
    condition.notify()
time.sleep(0.1)
print("one:", woken)
with condition:
    condition.notify_all()
for thread in threads:
    thread.join()
print("all:", sorted(woken))
