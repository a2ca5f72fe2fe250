# fails: prints, backs-off
import time

try:
    answer = call("billing")
except RuntimeError:
    time.sleep(0.2)
    answer = call("billing")
print(answer["service"])
