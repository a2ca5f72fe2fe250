import asyncio


async def load(name, ms, status=None):
    try:
        return await acall(name, ms=ms, status=status)
    except asyncio.CancelledError:
        print("cancelled", name)
        raise


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(load("user", 5000))
            group.create_task(load("billing", 100, 503))
    except* RuntimeError as errors:
        print([str(error) for error in errors.exceptions])


asyncio.run(main())
