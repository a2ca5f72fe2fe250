# ends: limit
# says: threads
import _thread
import time

while True:
    _thread.start_new_thread(time.sleep, (1000,))
