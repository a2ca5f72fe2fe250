# ends: limit, raised
# says: calls
from concurrent.futures import ProcessPoolExecutor

def ask(_):
    while True:
        call("user", ms=0)

if __name__ == "__main__":
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(ask, range(2)))
