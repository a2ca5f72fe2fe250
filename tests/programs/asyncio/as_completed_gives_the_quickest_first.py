import asyncio


async def work(seconds):
    await asyncio.sleep(seconds)
    return seconds


async def main():
    for first in asyncio.as_completed([work(seconds) for seconds in (0.3, 0.1, 0.2)]):
        print(await first)


asyncio.run(main())
