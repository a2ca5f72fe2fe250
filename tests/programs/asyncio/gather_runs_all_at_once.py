import asyncio


async def work(number):
    await asyncio.sleep(0.3)
    return number


async def main():
    return await asyncio.gather(work(1), work(2))


print(asyncio.run(main()))
