# ends: raised
# says: cannot join current thread
import threading

threading.current_thread().join()
