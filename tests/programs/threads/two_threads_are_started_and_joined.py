import threading
import time

ended = []


def work(name, seconds):
    time.sleep(seconds)
    ended.append(name)


threads = [threading.Thread(target=work, args=args) for args in (("a", 0.4), ("b", 0.2))]
for thread in threads:
    thread.start()
print([thread.is_alive() for thread in threads])
for thread in threads:
    thread.join()
print(ended, [thread.is_alive() for thread in threads])
