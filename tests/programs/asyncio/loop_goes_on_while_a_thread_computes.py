import asyncio


def compute():
    return sum(number * number for number in range(200_000))


async def tick(log):
    for number in range(3):
        await asyncio.sleep(0.005)
        log.append(number)


async def main():
    log = []
    total, _ = await asyncio.gather(asyncio.to_thread(compute), tick(log))
    print(total, log)


asyncio.run(main())
