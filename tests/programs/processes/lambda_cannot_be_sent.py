# untimed: a process takes longer to begin in a page
import pickle
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import Pool

if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        try:
            executor.submit(lambda: 1).result()
        except (AttributeError, pickle.PicklingError) as error:
            print("executor:", "pickle" in str(error))
    with Pool(1) as pool:
        try:
            pool.map(lambda number: number, [1])
        except (AttributeError, pickle.PicklingError) as error:
            print("pool:", "pickle" in str(error))
