from concurrent.futures import ThreadPoolExecutor
from threading import Event

NAMES = [f"order-{number}" for number in range(1, 7)]
failed = Event()


def fetch(name):
    if failed.is_set():
        return None
    try:
        return call(name)
    except RuntimeError:
        # Set here, before this thread takes the next name.
        failed.set()
        raise


try:
    with ThreadPoolExecutor(max_workers=2) as executor:
        for order in executor.map(fetch, NAMES):
            print(order["service"])
except RuntimeError as error:
    print(error)
