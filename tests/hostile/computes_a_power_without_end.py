# ends: stopped
import time

print("begun", flush=True)
time.sleep(0)
print(10 ** 10 ** 8 % 7)
