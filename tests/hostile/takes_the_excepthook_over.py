# ends: exit, raised
# says: mine
import sys

def mine(*args):
    print("mine")
    raise SystemExit(0)

sys.excepthook = mine
raise ValueError
