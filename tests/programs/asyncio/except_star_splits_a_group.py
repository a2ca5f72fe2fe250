import asyncio


async def fail(error):
    raise error


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            for error in (ValueError(1), KeyError("k"), ValueError(2)):
                group.create_task(fail(error))
    except* KeyError as errors:
        print("keys", errors.exceptions)
    except* ValueError as errors:
        print("values", errors.exceptions)


asyncio.run(main())
