# fails: ratio
for name in ["user", "billing", "orders"]:
    try:
        answer = call(name)
        print(answer["service"])
    except RuntimeError as error:
        print(error)
