import threading

condition = threading.Condition()
for method in (condition.wait, condition.notify, condition.notify_all):
    try:
        method()
    except RuntimeError as error:
        print(error)
with condition:
    condition.notify_all()
    print("nobody waits, nothing happens")
