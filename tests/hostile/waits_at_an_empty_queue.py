# ends: deadlock
# says: put into a queue
import queue

queue.Queue().get()
