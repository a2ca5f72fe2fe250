import asyncio


async def main():
    try:
        async with asyncio.timeout(0.2):
            await acall("orders", ms=5000)
    except TimeoutError:
        print("given up")
    task = asyncio.create_task(acall("orders", ms=5000))
    await asyncio.sleep(0.1)
    task.cancel()
    print(await asyncio.gather(task, return_exceptions=True))


asyncio.run(main())
