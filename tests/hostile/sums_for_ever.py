# ends: stopped
import time

print("begun", flush=True)
time.sleep(0)
sum(range(10 ** 11))
