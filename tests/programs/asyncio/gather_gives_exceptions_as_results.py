import asyncio


async def work(number):
    await asyncio.sleep(0.05 * number)
    if number == 1:
        raise ValueError("boom")
    return number


async def main():
    results = await asyncio.gather(*map(work, range(3)), return_exceptions=True)
    print([repr(result) for result in results])


asyncio.run(main())
