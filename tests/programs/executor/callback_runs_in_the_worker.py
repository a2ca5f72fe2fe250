import threading
import time
from concurrent.futures import ThreadPoolExecutor


def work():
    time.sleep(0.2)
    return 7


def callback(future):
    print("callback", future.result(), threading.current_thread().name)


with ThreadPoolExecutor(thread_name_prefix="cook") as executor:
    executor.submit(work).add_done_callback(callback)
