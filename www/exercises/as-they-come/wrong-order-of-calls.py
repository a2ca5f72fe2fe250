# fails: prints, as-they-come
import asyncio

NAMES = ["user", "billing", "orders", "news"]


async def main():
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(acall(name)) for name in NAMES]
        for task in tasks:
            print((await task)["service"])


asyncio.run(main())
