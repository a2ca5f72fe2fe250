# ends: limit
# says: 512 MiB
import threading

kept = []
def grow():
    while True:
        kept.append([None] * 100_000)

for _ in range(4):
    threading.Thread(target=grow).start()
