import sys
import threading


def work():
    print("leaving")
    sys.exit("nobody reads this")


thread = threading.Thread(target=work)
thread.start()
thread.join()
print("main is still here")
