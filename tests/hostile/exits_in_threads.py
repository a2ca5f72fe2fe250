# ends: ok
# says: still here
import sys
import threading
import _thread

threads = [threading.Thread(target=act) for act in (sys.exit, lambda: sys.exit("no"), _thread.exit, lambda: quit(7)) for _ in range(5)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("still here")
