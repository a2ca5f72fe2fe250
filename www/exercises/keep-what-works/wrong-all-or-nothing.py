# fails: prints, survives
import asyncio


async def main():
    names = ["user", "billing", "orders"]
    for answer in await asyncio.gather(*map(acall, names)):
        print(answer["service"])


asyncio.run(main())
