# ends: stopped, limit
import os
import time

print("begun", flush=True)
time.sleep(0)
while True:
    os.write(2, b"flood\n" * 100)
