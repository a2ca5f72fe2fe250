import asyncio


async def work():
    try:
        await asyncio.sleep(5)
    finally:
        print("cleaned up")


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0.05)
    print(task.cancel("enough"), task.cancelled(), task.cancelling())
    try:
        await task
    except asyncio.CancelledError as error:
        print(task.cancelled(), error.args)
    print(task.cancel())


asyncio.run(main())
