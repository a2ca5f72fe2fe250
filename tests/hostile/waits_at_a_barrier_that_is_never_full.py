# ends: deadlock
# says: Barrier
import threading

threading.Barrier(2).wait()
