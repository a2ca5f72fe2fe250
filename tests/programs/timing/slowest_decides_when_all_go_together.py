import asyncio


async def main():
    calls = [acall(name, ms=ms) for name, ms in (("user", 100), ("billing", 200), ("orders", 350))]
    for answer in await asyncio.gather(*calls):
        print(answer["service"], answer["ms"])


asyncio.run(main())
