import time

wait = 0.2
for attempt in range(1, 6):
    try:
        answer = call("billing")
        print(answer["service"])
        break
    except RuntimeError as error:
        print(f"Attempt {attempt}: {error}")
        if attempt < 5:
            time.sleep(wait)
            wait *= 2
else:
    print("Gave up")
