import threading

event = threading.Event()
threads = [threading.Thread(target=event.wait, name=name) for name in ("b", "a")]
print(threading.active_count(), [thread.name for thread in threading.enumerate()])
for thread in threads:
    thread.start()
print(threading.active_count(), sorted(thread.name for thread in threading.enumerate()))
event.set()
for thread in threads:
    thread.join()
print(threading.active_count(), threading.main_thread() is threading.current_thread())
