# fails: limit
import asyncio

NAMES = [f"order-{number}" for number in range(1, 13)]


async def fetch(name):
    async with asyncio.Semaphore(3):
        return await acall(name)


async def main():
    for order in await asyncio.gather(*map(fetch, NAMES)):
        print(order["service"])


asyncio.run(main())
