# ends: raised
# says: NotImplementedError
from concurrent.futures import ProcessPoolExecutor

def nest(depth):
    with ProcessPoolExecutor(2) as pool:
        return list(pool.map(nest, [depth + 1] * 2))

if __name__ == "__main__":
    nest(0)
