# ends: ok
# says: 49
# never: got out
import os
import sys
from concurrent.futures import ProcessPoolExecutor

def square(number):
    return number * number

if __name__ == "__main__":
    import stacks
    folder = os.path.dirname(stacks.__file__)
    for name in os.listdir(folder):
        with open(os.path.join(folder, name), "w") as file:
            file.write("print('got out')")
    with ProcessPoolExecutor(1) as pool:
        print(pool.submit(square, 7).result())
