import sys


def work():
    sys.exit("no such user")


try:
    work()
finally:
    print("cleaned up")
