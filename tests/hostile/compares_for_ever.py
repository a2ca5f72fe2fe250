# ends: stopped
import itertools
import time

class Never:
    def __eq__(self, other):
        return False
    __hash__ = lambda self: 1

print("begun", flush=True)
time.sleep(0.1)
{Never() for _ in itertools.count()} if False else max(itertools.repeat(1))
