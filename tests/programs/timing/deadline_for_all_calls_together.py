import asyncio


async def load(name, ms):
    answer = await acall(name, ms=ms)
    print("have", answer["service"])


async def main():
    try:
        async with asyncio.timeout(0.3):
            await asyncio.gather(load("user", 100), load("billing", 150), load("orders", 3000))
    except TimeoutError:
        print("the rest came too late")


asyncio.run(main())
