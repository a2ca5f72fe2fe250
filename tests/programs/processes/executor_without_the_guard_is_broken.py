# untimed: a process takes longer to begin in a page
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool


def work():
    print("never")


with ProcessPoolExecutor(1) as executor:
    try:
        executor.submit(work).result()
    except BrokenProcessPool as error:
        print("broken")
