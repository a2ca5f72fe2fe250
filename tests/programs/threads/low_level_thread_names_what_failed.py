import _thread
import sys
import time


def task(what, *, loud=False):
    raise ValueError(f"{what} {loud}")


def told(given):
    print(given.err_msg, given.object is task, repr(given.exc_value))


sys.unraisablehook = told
_thread.start_new_thread(task, ("first",), {"loud": True})
time.sleep(0.1)
for wrong in [(task, []), (task, (), []), ("task", ())]:
    try:
        _thread.start_new_thread(*wrong)
    except TypeError as error:
        print(error)
