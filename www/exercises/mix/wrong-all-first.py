# fails: works-meanwhile
from concurrent.futures import ThreadPoolExecutor

NAMES = ["sales", "stock", "visits"]


def report(answer):
    checksum = answer["ms"]
    for number in range(300_000):
        checksum = (checksum * 31 + number) % 65_521
    print(answer["service"], checksum)


with ThreadPoolExecutor() as executor:
    answers = list(executor.map(call, NAMES))
for answer in answers:
    report(answer)
