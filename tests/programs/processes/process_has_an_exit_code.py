# untimed: a process takes longer to begin in a page
import sys
from multiprocessing import Process


def work(code):
    sys.exit(code)


if __name__ == "__main__":
    processes = [Process(target=work, args=(code,), name=f"code-{code}") for code in (0, 3)]
    print([process.exitcode for process in processes], processes[0].name)
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    print([process.exitcode for process in processes], processes[1].is_alive())
