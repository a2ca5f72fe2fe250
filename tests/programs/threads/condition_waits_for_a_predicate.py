import threading
import time

condition = threading.Condition()
items = []


def produce():
    for item in range(3):
        time.sleep(0.05)
        with condition:
            items.append(item)
            condition.notify()


threading.Thread(target=produce).start()
with condition:
    print(condition.wait_for(lambda: len(items) == 3), items)
    print(condition.wait_for(lambda: len(items) == 4, timeout=0.1))
    print(condition.wait(timeout=0.05))
