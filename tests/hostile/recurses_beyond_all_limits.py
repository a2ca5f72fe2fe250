# ends: raised, broken
# never: got out
import sys

sys.setrecursionlimit(2 ** 31 - 1)

class Down:
    def __getattr__(self, name):
        return getattr(Down(), name)
    def __repr__(self):
        return repr([self])

try:
    repr(Down())
except RecursionError:
    pass
Down().deeper
print("got out")
