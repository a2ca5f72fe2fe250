import asyncio

NAMES = [f"order-{number}" for number in range(1, 13)]
LIMIT = 3


async def fetch(name, places):
    # Who has no place yet costs no thread, only this coroutine.
    async with places:
        return await acall(name, timeout=5)


async def main():
    places = asyncio.Semaphore(LIMIT)
    async with asyncio.TaskGroup() as group:
        orders = [group.create_task(fetch(name, places)) for name in NAMES]
    for order in orders:
        print(order.result()["service"])


asyncio.run(main())
