import threading
from concurrent.futures import ThreadPoolExecutor

event = threading.Event()


def state(future):
    return future.running(), future.done(), future.cancelled()


with ThreadPoolExecutor(1) as executor:
    first, second = executor.submit(event.wait), executor.submit(print, "never")
    print(state(first), state(second))
    print(second.cancel(), first.cancel(), state(second))
    event.set()
    print(first.result(), state(first), first.cancel())
