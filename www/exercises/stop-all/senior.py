import asyncio

NAMES = [f"order-{number}" for number in range(1, 7)]
LIMIT = 2


async def worker(names):
    # All share one iterator; whoever fails takes no further name.
    for name in names:
        order = await acall(name, timeout=5)
        print(order["service"])


async def main():
    names = iter(NAMES)
    async with asyncio.TaskGroup() as group:
        for _ in range(LIMIT):
            group.create_task(worker(names))


try:
    asyncio.run(main())
except* RuntimeError as failures:
    for error in failures.exceptions:
        print(error)
