import threading
from concurrent.futures import ThreadPoolExecutor

event = threading.Event()
with ThreadPoolExecutor(thread_name_prefix="cook") as executor:
    future = executor.submit(event.wait)
    for number in range(3):
        future.add_done_callback(lambda _, number=number: print("callback", number))
    event.set()
    future.result()
future.add_done_callback(lambda _: print("late, in", threading.current_thread().name))
