# untimed: a process takes longer to begin in a page
from multiprocessing import Process


def work():
    raise ValueError("boom")


if __name__ == "__main__":
    process = Process(target=work)
    process.start()
    process.join()
    print("exit code", process.exitcode)
