# ends: limit
# says: printed more than 1,024 KiB
import multiprocessing

def flood():
    while True:
        print("flood " * 100)

if __name__ == "__main__":
    processes = [multiprocessing.Process(target=flood) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
