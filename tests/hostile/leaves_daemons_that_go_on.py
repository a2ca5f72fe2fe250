# ends: ok
# says: the end
# never: still here
import threading
import time

def spin():
    while True:
        pass

def haunt():
    try:
        while True:
            time.sleep(0.001)
    finally:
        print("still here")

for target in (spin, haunt, haunt):
    threading.Thread(target=target, daemon=True).start()
time.sleep(0.05)
print("the end")
