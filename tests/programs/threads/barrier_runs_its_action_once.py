import threading

log = []
barrier = threading.Barrier(3, action=lambda: log.append("action"))
places = []


def work():
    for _ in range(2):
        places.append(barrier.wait())


threads = [threading.Thread(target=work) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(log, sorted(places), barrier.parties, barrier.n_waiting, barrier.broken)
