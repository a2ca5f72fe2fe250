# ends: limit
# says: processes
import multiprocessing
import time

if __name__ == "__main__":
    for _ in range(100):
        multiprocessing.Process(target=time.sleep, args=(1000,)).start()
