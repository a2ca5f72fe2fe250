import asyncio


async def main():
    for name, ms in (("user", 100), ("billing", 150), ("orders", 200)):
        print((await acall(name, ms=ms))["service"])


asyncio.run(main())
