# untimed: a process takes longer to begin in a page
from concurrent.futures import ProcessPoolExecutor


def work(number):
    return sum(range(number))


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=2) as executor:
        print(list(executor.map(work, [10, 100, 1000])))
        future = executor.submit(pow, 2, 10)
        print(future.result(), future.done())
