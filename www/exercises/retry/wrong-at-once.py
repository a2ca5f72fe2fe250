# fails: backs-off
for _ in range(5):
    try:
        answer = call("billing")
        print(answer["service"])
        break
    except RuntimeError as error:
        print(error)
