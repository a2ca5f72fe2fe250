import threading
import time

thread = threading.Thread(target=time.sleep, args=(5,), daemon=True)
thread.start()
thread.join(0.2)
print("still alive:", thread.is_alive())
