import asyncio
import time


async def work(number):
    print("begin", number)
    time.sleep(0.3)
    print("end", number)
    return number


async def main():
    return await asyncio.gather(work(1), work(2))


print(asyncio.run(main()))
