import threading
import time

local = threading.local()
seen = []


def work(number):
    local.number = number
    time.sleep(0.05)
    seen.append(local.number)


threads = [threading.Thread(target=work, args=(number,)) for number in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(seen), hasattr(local, "number"))
