import threading
import time

barrier = threading.Barrier(3)
broken = []


def work(name):
    try:
        barrier.wait()
    except threading.BrokenBarrierError:
        broken.append(name)


threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
for thread in threads:
    thread.start()
time.sleep(0.1)
print(barrier.n_waiting)
barrier.abort()
for thread in threads:
    thread.join()
print(sorted(broken), barrier.broken)
barrier.reset()
print(barrier.broken)
