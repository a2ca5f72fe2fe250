# ends: deadlock
# says: Condition
import threading

condition = threading.Condition()

def wait():
    with condition:
        condition.wait()

threading.Thread(target=wait).start()
wait()
