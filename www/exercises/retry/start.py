try:
    answer = call("billing")
    print(answer["service"])
except RuntimeError as error:
    print("Gave up:", error)
