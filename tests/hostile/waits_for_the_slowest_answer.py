# ends: stopped
import threading

def ask():
    while True:
        call("user", ms=30_000)

for _ in range(20):
    threading.Thread(target=ask).start()
print("begun", flush=True)
