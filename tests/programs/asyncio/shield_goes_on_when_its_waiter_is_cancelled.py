import asyncio


async def work():
    await asyncio.sleep(0.2)
    print("done all the same")
    return 5


async def main():
    task = asyncio.create_task(work())
    try:
        await asyncio.wait_for(asyncio.shield(task), 0.1)
    except TimeoutError:
        print("not waited for", task.done())
    print(await task)


asyncio.run(main())
