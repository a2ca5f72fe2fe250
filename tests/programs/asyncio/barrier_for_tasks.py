import asyncio


async def work(barrier, number, log):
    await asyncio.sleep(0.05 * number)
    log.append("comes")
    await barrier.wait()
    log.append("goes")


async def main():
    barrier, log = asyncio.Barrier(3), []
    await asyncio.gather(*(work(barrier, number, log) for number in range(3)))
    print(log)


asyncio.run(main())
