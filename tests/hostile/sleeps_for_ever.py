# ends: stopped
import time

print("begun", flush=True)
time.sleep(1e9)
