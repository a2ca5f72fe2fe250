import traceback


def work(number):
    return 10 / number


try:
    work(0)
except ZeroDivisionError:
    print("caught:")
    traceback.print_exc()
print("on")
