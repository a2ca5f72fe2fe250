import random
import time


def with_retries(ask, attempts=5, first_wait=0.2):
    for attempt in range(attempts):
        try:
            return ask()
        except (RuntimeError, TimeoutError):
            if attempt == attempts - 1:
                raise
            # Who failed together must not come back together.
            wait = first_wait * 2**attempt * random.uniform(0.9, 1.1)
            time.sleep(wait)


answer = with_retries(lambda: call("billing", timeout=2))
print(answer["service"])
