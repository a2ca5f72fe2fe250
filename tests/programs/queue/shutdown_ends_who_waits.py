# differs: a queue can be shut down since Python 3.13
import queue
import threading

items = queue.Queue()


def work():
    try:
        items.get()
    except queue.ShutDown:
        print("nothing will come")


thread = threading.Thread(target=work)
thread.start()
items.shutdown()
thread.join()
try:
    items.put("late")
except queue.ShutDown:
    print("nothing is taken")
