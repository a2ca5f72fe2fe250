import time

wall, steady = time.time(), time.monotonic()
time.sleep(0.2)
print(round(time.time() - wall, 1), round(time.monotonic() - steady, 1))
print(time.perf_counter_ns() > 0, time.strftime("%Y", time.gmtime(0)))
try:
    time.sleep(-1)
except ValueError as error:
    print(error)
