# ends: ok
# says: the end
import time

for seconds in (-1, float("nan"), float("inf"), 10 ** 30, "1", None, 1e-300, -0.0):
    try:
        time.sleep(seconds)
    except (ValueError, OverflowError, TypeError):
        pass
try:
    time.clock_settime(time.CLOCK_REALTIME, 0)
except (AttributeError, OSError):
    pass
time.time = time.perf_counter = time.monotonic = lambda: 0.0
time.sleep(0.01)
call("user", ms=10)
print("the end")
