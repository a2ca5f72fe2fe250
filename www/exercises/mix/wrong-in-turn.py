# fails: works-meanwhile
NAMES = ["sales", "stock", "visits"]


def report(answer):
    checksum = answer["ms"]
    for number in range(300_000):
        checksum = (checksum * 31 + number) % 65_521
    print(answer["service"], checksum)


for name in NAMES:
    report(call(name))
