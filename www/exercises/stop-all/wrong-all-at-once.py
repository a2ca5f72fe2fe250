# fails: limit
import asyncio

NAMES = [f"order-{number}" for number in range(1, 7)]


async def main():
    try:
        await asyncio.gather(*map(acall, NAMES))
    except RuntimeError as error:
        print(error)


asyncio.run(main())
