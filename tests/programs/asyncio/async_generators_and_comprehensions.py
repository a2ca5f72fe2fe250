import asyncio


async def numbers(end):
    try:
        for number in range(end):
            await asyncio.sleep(0.02)
            yield number
    finally:
        print("closed")


async def main():
    print([number * 2 async for number in numbers(3)])
    async for number in numbers(9):
        if number == 1:
            break
    generator = numbers(5)
    print(await anext(generator), await anext(generator))
    await generator.aclose()


asyncio.run(main())
