# ends: raised, limit
# never: got out
import multiprocessing

# Each would begin the program anew.
processes = [multiprocessing.Process(target=print, args=("got out",)) for _ in range(2)]
for process in processes:
    process.start()
for process in processes:
    process.join()
raise SystemError([process.exitcode for process in processes])
