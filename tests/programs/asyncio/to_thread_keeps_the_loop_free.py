import asyncio
import time


def work(number):
    time.sleep(0.3)
    return number


async def main():
    return await asyncio.gather(asyncio.to_thread(work, 1), asyncio.to_thread(work, 2))


print(asyncio.run(main()))
