import threading

thread = threading.Thread(target=lambda: None)
for attempt in (thread.join, threading.current_thread().join):
    try:
        attempt()
    except RuntimeError as error:
        print(error)
thread.start()
thread.join()
thread.join()
for attempt in (thread.start, lambda: setattr(thread, "daemon", True)):
    try:
        attempt()
    except RuntimeError as error:
        print(error)
