# ends: ok, raised, broken, limit
# never: got out
import sys
import threading

sys.setrecursionlimit(10 ** 8)

def down(depth=0):
    return down(depth + 1)

threads = [threading.Thread(target=down) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
