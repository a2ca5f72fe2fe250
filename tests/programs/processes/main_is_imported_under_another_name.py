# untimed: a process takes longer to begin in a page
from multiprocessing import Process


def work():
    print("in the process:", __name__)


print("read by", __name__)
if __name__ == "__main__":
    process = Process(target=work)
    process.start()
    process.join()
