import time
from concurrent.futures import ThreadPoolExecutor, wait

with ThreadPoolExecutor() as executor:
    future = executor.submit(time.sleep, 0.5)
    done, not_done = wait([future], timeout=0.15)
    print(len(done), len(not_done))
    for method in (future.result, future.exception):
        try:
            method(timeout=0.1)
        except TimeoutError:
            print("TimeoutError", future.running(), future.done())
print(future.done())
