# ends: limit, raised
from concurrent.futures import ProcessPoolExecutor

def grow(_):
    kept = []
    while True:
        kept.append(bytearray(10 ** 7))

if __name__ == "__main__":
    with ProcessPoolExecutor(2) as pool:
        print(list(pool.map(grow, range(2))))
