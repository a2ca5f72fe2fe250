import threading
import time

barrier = threading.Barrier(3)
log = []


def work(number):
    time.sleep(number * 0.1)
    log.append("comes")
    barrier.wait()
    log.append("goes")


threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(log)
