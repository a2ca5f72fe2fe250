# differs: a page's program may await outside of a function, as a notebook's
# seconds: 0.3
import asyncio


async def work(number):
    await asyncio.sleep(0.3)
    return number


print(await asyncio.gather(work(1), work(2)))
