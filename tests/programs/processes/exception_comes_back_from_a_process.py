# untimed: a process takes longer to begin in a page
from concurrent.futures import ProcessPoolExecutor


def work(number):
    return 10 / number


if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        future = executor.submit(work, 0)
        try:
            future.result()
        except ZeroDivisionError as error:
            print("caught", error)
            print("in work" in str(error.__cause__), "ZeroDivisionError" in str(error.__cause__))
        print(executor.submit(work, 5).result())
