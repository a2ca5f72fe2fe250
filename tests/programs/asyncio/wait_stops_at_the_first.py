import asyncio


async def work(seconds):
    await asyncio.sleep(seconds)
    return seconds


async def main():
    tasks = [asyncio.create_task(work(seconds)) for seconds in (0.3, 0.1)]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    print([task.result() for task in done], len(pending))
    done, pending = await asyncio.wait(pending, timeout=0.05)
    print(len(done), len(pending))
    done, pending = await asyncio.wait(pending)
    print([task.result() for task in done], len(pending))


asyncio.run(main())
