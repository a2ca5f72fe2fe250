# ends: stopped
from concurrent.futures import ProcessPoolExecutor

if __name__ == "__main__":
    with ProcessPoolExecutor(2) as pool:
        tasks = [pool.submit(sum, range(10 ** 11)) for _ in range(2)]
        print("begun", flush=True)
        tasks[0].result()
