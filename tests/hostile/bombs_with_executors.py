# ends: limit
# says: threads
import threading
from concurrent.futures import ThreadPoolExecutor

kept = []
stay = threading.Event()
while True:
    executor = ThreadPoolExecutor(100)
    kept.append([executor, *[executor.submit(stay.wait) for _ in range(100)]])
