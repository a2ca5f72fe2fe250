# untimed: a process takes longer to begin in a page
from concurrent.futures import ProcessPoolExecutor

word = None


def prepare(given):
    global word
    word = given


def work(number):
    return f"{word} {number}"


if __name__ == "__main__":
    with ProcessPoolExecutor(2, initializer=prepare, initargs=("ready",)) as executor:
        print(list(executor.map(work, range(3), chunksize=2)))
    print(word)
