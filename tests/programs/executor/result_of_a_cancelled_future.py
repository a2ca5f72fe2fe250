import threading
from concurrent.futures import CancelledError, ThreadPoolExecutor, wait

event = threading.Event()
with ThreadPoolExecutor(1) as executor:
    executor.submit(event.wait)
    future = executor.submit(print, "never")
    future.add_done_callback(lambda future: print("callback", future.cancelled()))
    print(future.cancel())
    for method in (future.result, future.exception):
        try:
            method()
        except CancelledError as error:
            print(type(error).__name__, isinstance(error, Exception))
    event.set()
print(len(wait([future]).done))
