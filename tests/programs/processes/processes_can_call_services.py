# untimed: a process takes longer to begin in a page
from concurrent.futures import ProcessPoolExecutor

if __name__ == "__main__":
    with ProcessPoolExecutor(2) as executor:
        answers = executor.map(call, ["user", "billing"], [100, 100])
        print([answer["service"] for answer in answers])
