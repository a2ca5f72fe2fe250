# ends: raised
# says: TypeError
import _thread
import threading
import time

real = time.sleep
time.sleep = lambda seconds: None
_thread.allocate_lock = _thread.start_joinable_thread = _thread.start_new_thread = None
threading._start_joinable_thread = threading.Lock = threading._allocate_lock = None
time.sleep(10)
real(0.01)
print("still here")
threading.Thread(target=print).start()
