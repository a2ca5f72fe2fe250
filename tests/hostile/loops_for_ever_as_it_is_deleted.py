# ends: stopped
import time

class Undead:
    def __del__(self):
        while True:
            pass

print("begun", flush=True)
time.sleep(0)
Undead()
