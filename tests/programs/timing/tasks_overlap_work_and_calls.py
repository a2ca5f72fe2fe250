import asyncio
import time


def chop():
    time.sleep(0.25)
    return "chopped"


async def main():
    answer, chopped = await asyncio.gather(acall("user", ms=250), asyncio.to_thread(chop))
    print(answer["service"], chopped)


asyncio.run(main())
