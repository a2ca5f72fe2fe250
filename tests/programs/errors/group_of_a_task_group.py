import asyncio


async def work(name):
    await asyncio.sleep(0.02)
    raise ValueError(name)


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(work("first"))


asyncio.run(main())
