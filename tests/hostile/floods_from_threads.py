# ends: limit
# says: printed more than 1,024 KiB
import threading

def flood():
    while True:
        print(threading.current_thread().name, "flood")

for _ in range(10):
    threading.Thread(target=flood).start()
