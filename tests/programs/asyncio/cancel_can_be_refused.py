import asyncio


async def stubborn():
    for _ in range(2):
        try:
            await asyncio.sleep(0.1)
        except asyncio.CancelledError:
            print("not now")
            asyncio.current_task().uncancel()
    return "finished"


async def main():
    task = asyncio.create_task(stubborn())
    await asyncio.sleep(0)
    task.cancel()
    print(await task, task.cancelled())


asyncio.run(main())
