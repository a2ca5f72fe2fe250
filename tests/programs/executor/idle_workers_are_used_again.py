import threading
from concurrent.futures import ThreadPoolExecutor


def name():
    return threading.current_thread().name


with ThreadPoolExecutor(8, thread_name_prefix="cook") as executor:
    names = [executor.submit(name).result() for _ in range(5)]
print(names)
