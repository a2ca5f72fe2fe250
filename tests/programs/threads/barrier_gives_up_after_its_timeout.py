import threading

barrier = threading.Barrier(2, timeout=0.1)
try:
    barrier.wait()
except threading.BrokenBarrierError as error:
    print("nobody came", repr(error))
try:
    barrier.wait()
except threading.BrokenBarrierError:
    print("broken for good:", barrier.broken)
barrier.reset()
thread = threading.Thread(target=barrier.wait)
thread.start()
print(barrier.wait() in (0, 1), barrier.broken)
thread.join()
