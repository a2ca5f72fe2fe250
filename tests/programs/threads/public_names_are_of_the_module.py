import threading

for name in ["Lock", "RLock", "excepthook", "get_ident", "local", "Event"]:
    if not hasattr(threading, name):
        print("no", name)
print(threading.excepthook.__module__, threading.excepthook.__name__)
print(threading.excepthook is threading.__excepthook__)
