import threading


class Mine(threading.local):
    kind = "shared"

    def __init__(self, start):
        print("made for", threading.current_thread().name)
        self.items = [start]


mine = Mine("first")
mine.items.append("main")


def work():
    mine.items.append("thread")
    print(mine.items, mine.kind)


thread = threading.Thread(target=work, name="worker")
thread.start()
thread.join()
print(mine.items, mine.kind)
