# ends: ok
# says: went on
# never: got out
import builtins
import importlib
import sys
import types

asked = []
real = builtins.__import__

def mine(name, *rest):
    asked.append(name)
    return real(name, *rest)

builtins.__import__ = mine
sys.modules["js"] = types.SimpleNamespace(name="a js of my own")
import js
print(js.name)
del sys.modules["js"]
try:
    import js
    print("got out")
except ImportError:
    print("shut")
try:
    import stacks.doors
    stacks.doors.SHUT.clear()
    import js
    print("got out:", js.fetch)
except (ImportError, AttributeError) as error:
    print("shut:", type(error).__name__)
import threading
thread = threading.Thread(target=call, args=("user",), kwargs={"ms": 10})
thread.start()
thread.join()
print("went on")
