import asyncio

try:
    call("orders", ms=3000, timeout=0.2)
except TimeoutError as error:
    print("TimeoutError", isinstance(error, OSError))


async def main():
    try:
        await acall("orders", ms=3000, timeout=0.1)
    except TimeoutError:
        print("TimeoutError")


asyncio.run(main())
