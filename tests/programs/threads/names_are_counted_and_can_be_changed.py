import threading


def work():
    print("I am", threading.current_thread().name)


for options in ({"target": work}, {"target": work}, {"target": work, "name": "cook"}):
    thread = threading.Thread(**options)
    thread.start()
    thread.join()
thread = threading.Thread(target=work)
thread.name = "renamed"
thread.start()
thread.join()
print(threading.Thread().name, threading.Timer(1, work).name, threading.current_thread().name)
