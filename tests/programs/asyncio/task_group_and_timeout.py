import asyncio


async def work(seconds):
    await asyncio.sleep(seconds)
    return seconds


async def main():
    async with asyncio.TaskGroup() as group:
        long, short = group.create_task(work(0.3)), group.create_task(work(0.2))
    try:
        async with asyncio.timeout(0.1):
            await work(1)
    except TimeoutError:
        return long.result() + short.result()


print(asyncio.run(main()))
