import time

statuses = iter([503, 503, None])


def load():
    for attempt in range(4):
        try:
            return call("billing", ms=50, status=next(statuses))
        except RuntimeError as error:
            print("attempt", attempt, error)
            time.sleep(0.1 * 2**attempt)


print(load()["service"])
