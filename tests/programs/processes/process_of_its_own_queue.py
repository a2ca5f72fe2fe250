# untimed: a process takes longer to begin in a page
from multiprocessing import Process, Queue


def work(queue):
    for number in range(3):
        queue.put(number * number)
    queue.put(None)


if __name__ == "__main__":
    queue = Queue()
    process = Process(target=work, args=(queue,))
    process.start()
    print(list(iter(queue.get, None)))
    process.join()
    print(process.exitcode)
