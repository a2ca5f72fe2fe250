# fails: prints, ratio
for name in ["user", "billing", "orders", "news"]:
    answer = call(name)
    print(answer["service"])
