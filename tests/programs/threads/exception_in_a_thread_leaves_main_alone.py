import threading


def work():
    raise ValueError("boom")


thread = threading.Thread(target=work)
thread.start()
thread.join()
print("main goes on")
