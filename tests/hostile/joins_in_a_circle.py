# ends: deadlock
# says: to finish
import threading

threads = []
ready = threading.Event()

def join(number):
    ready.wait()
    threads[number - 1].join()

threads += [threading.Thread(target=join, args=(number,)) for number in range(3)]
for thread in threads:
    thread.start()
ready.set()
threads[0].join()
