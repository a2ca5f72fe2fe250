# fails: backs-off
import time

answer = None
while answer is None:
    try:
        answer = call("billing")
    except RuntimeError:
        time.sleep(0.2)
print(answer["service"])
