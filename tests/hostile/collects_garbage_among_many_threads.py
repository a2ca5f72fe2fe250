# ends: ok
# says: the end
import gc
import threading
from concurrent.futures import ThreadPoolExecutor

# What a collector finds on stacks that are parked.
stay = threading.Event()
with ThreadPoolExecutor(800) as executor:
    waiting = [executor.submit(stay.wait) for _ in range(800)]
    for generation in (0, 1, 2, 1, 0):
        gc.collect(generation)
    kept = []
    for number in range(200_000):
        kept = [kept[-100:], number]
    stay.set()
print("the end")
