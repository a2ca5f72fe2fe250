import threading

event = threading.Event()
print(event.is_set())
threading.Timer(0.2, event.set).start()
print(event.wait(1), event.is_set())
