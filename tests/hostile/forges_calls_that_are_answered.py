# ends: ok
# says: still here
import stacks.trace as trace

# It waits for calls that it never made, and was answered at once.
for number in range(1, 200):
    trace.emit("wait", 1, f"call {number}")
    trace.emit("ready", 1)
    trace.emit("run", 1)
for name in (f"Thread-{number}" for number in range(100)):
    trace.emit("begin", 0, name)
    trace.emit("end", 0)
print("still here")
