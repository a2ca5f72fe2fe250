import functools
import time


def timed(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        start = time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            wrapper.quick = time.perf_counter() - start < 0.5
    return wrapper


@timed
def work(number, *, factor=2):
    """Multiplies."""
    return number * factor


print(work(3), work(3, factor=5), work.__name__, work.__doc__, work.quick)
