import asyncio

for status in (404, 503):
    try:
        call("user", ms=50, status=status)
    except RuntimeError as error:
        print(type(error).__name__, error)


async def main():
    try:
        await acall("billing", ms=50, status=500)
    except RuntimeError as error:
        print(type(error).__name__, error)


asyncio.run(main())
