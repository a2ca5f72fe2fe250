# ends: broken, ok, raised
# never: got out
import gc
import json
import time

# Whatever the wire takes, none of it what the page expects.
wires = {}
for thing in gc.get_objects():
    if type(thing).__name__ == "function":
        for name, cell in zip(thing.__code__.co_freevars, thing.__closure__ or ()):
            try:
                if "Js" in type(cell.cell_contents).__name__:
                    wires[name] = cell.cell_contents
            except ValueError:
                pass
for name, wire in wires.items():
    for given in (("",), (1, "0", 0, "x" * 41, "{}"), (1, "<b>", -1, "user", '{"url": 1}'), (10**9, "p1.0", 10**9, "", "[]"),
                  ('{"type": "open"}',), ('{"type": "call", "id": -1}',), ("{",), (None,), (float("nan"), None)):
        if name in ("finish", "run_sync", "gate", "wire_park", "wire_pause"):
            continue
        for _ in range(50):
            try:
                wire(*given)
            except BaseException:
                pass
time.sleep(0.2)
