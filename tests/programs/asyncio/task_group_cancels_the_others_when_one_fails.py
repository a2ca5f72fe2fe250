import asyncio


async def work(name, seconds):
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print("cancelled", name)
        raise
    raise ValueError(name)


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(work("quick", 0.1))
            group.create_task(work("slow", 5))
    except* ValueError as errors:
        print("failed", [str(error) for error in errors.exceptions])


asyncio.run(main())
