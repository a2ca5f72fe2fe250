# ends: ok
# says: went on
# never: got out
import importlib
import sys

for name in [name for name in sys.modules if name.startswith("stacks")]:
    try:
        importlib.reload(sys.modules[name])
        print("reloaded:", name)
    except BaseException as error:
        print("refused:", type(error).__name__)
try:
    from stacks.shell import install
    print("got out:", install())
except BaseException as error:
    print("refused:", type(error).__name__)
print("went on")
