import threading


def hook(args):
    print(args.thread.name, args.exc_type.__name__, args.exc_value, args.exc_traceback is not None)


threading.excepthook = hook


def work(number):
    if number == 1:
        raise ValueError("odd")
    if number == 2:
        raise SystemExit(3)
    print("fine", number)


for number in range(3):
    thread = threading.Thread(target=work, args=(number,), name=f"worker-{number}")
    thread.start()
    thread.join()
