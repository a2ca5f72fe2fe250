import threading


def work(number):
    print("work", number)
    if number:
        raise ValueError(f"number {number}")


for number in range(2):
    thread = threading.Thread(target=work, args=(number,), name=f"worker-{number}")
    thread.start()
    thread.join()
print("main goes on")
