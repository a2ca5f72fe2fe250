# fails: works-meanwhile
import asyncio

NAMES = ["sales", "stock", "visits"]


def report(answer):
    checksum = answer["ms"]
    for number in range(300_000):
        checksum = (checksum * 31 + number) % 65_521
    print(answer["service"], checksum)


async def fetch_and_report(name):
    report(call(name))


async def main():
    await asyncio.gather(*map(fetch_and_report, NAMES))


asyncio.run(main())
