# untimed: a process takes longer to begin in a page
from multiprocessing import Process

items = ["made at the start"]


def work():
    items.append("by the process")
    print("process:", items)


if __name__ == "__main__":
    items.append("by main")
    process = Process(target=work)
    process.start()
    process.join()
    print("main:", items)
