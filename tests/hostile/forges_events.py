# ends: ok
# says: still here
# never: made up
import random
import stacks.trace as trace

def wire():
    for cell in trace.flush.__closure__:
        if callable(cell.cell_contents) and "Js" in type(cell.cell_contents).__name__:
            return cell.cell_contents

try:
    tell = wire() or (lambda text: None)
except (AttributeError, TypeError):
    tell = lambda text: None
kinds = ["begin", "end", "wait", "ready", "run", "line", "process", "call", "hack", "", "\0", "<b>"]
values = ["-1", "1e308", "NaN", "Infinity", "0", "99999999999999999999", "p9.9", "p" * 12, ".", "", "<img>", "\u202e"]
random.seed(1)
for _ in range(2_000):
    parts = [random.choice(values), random.choice(values), random.choice(kinds), random.choice(values), random.choice(values)]
    tell("\t".join(parts[:random.randrange(6)]) + "\n")
tell("1.00\t0\thack\t1\tmade up\n")
print("still here")
