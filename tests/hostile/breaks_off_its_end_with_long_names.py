# ends: ok
# says: still here
import threading
import time

for number in range(50):
    threading.Thread(target=time.sleep, args=(1000,), daemon=True, name=f"{number} " + "<b>long</b> " * 100_000).start()
print("still here")
