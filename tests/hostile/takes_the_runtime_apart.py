# ends: ok, raised, broken
import stacks.core as core
import stacks.trace as trace

core.hopeful = -1_000_000
core.alive.clear()
core.current = core.MAIN
trace._count = -10**9
trace.emit = trace.write = None
core.labels = core.tokens = None
print("still here")
