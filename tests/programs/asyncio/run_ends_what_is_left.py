import asyncio


async def forever():
    try:
        while True:
            await asyncio.sleep(1)
    except asyncio.CancelledError:
        print("cancelled at the end")
        raise


async def main():
    task = asyncio.create_task(forever())
    await asyncio.sleep(0.05)
    print("main returns", task.done())


asyncio.run(main())
