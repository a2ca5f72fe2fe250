# untimed: a process takes longer to begin in a page
from multiprocessing import Pool


def square(number):
    return number * number


if __name__ == "__main__":
    with Pool(2) as pool:
        print(pool.map(square, range(5)))
        print(pool.starmap(pow, [(2, 5), (3, 2)]), pool.apply(square, (9,)))
