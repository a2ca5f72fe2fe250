import asyncio


async def work():
    raise ValueError("boom")


async def main():
    task = asyncio.create_task(work(), name="mine")
    await asyncio.sleep(0.05)
    del task
    print("main goes on")


asyncio.run(main())
