import queue

items = queue.Queue()
items.put("a")
items.get()
items.task_done()
items.join()
try:
    items.task_done()
except ValueError as error:
    print(error)
