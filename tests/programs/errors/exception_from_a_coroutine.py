import asyncio


async def work():
    await asyncio.sleep(0.02)
    raise ValueError("boom")


async def main():
    await asyncio.gather(work(), asyncio.sleep(0.05))


asyncio.run(main())
