import asyncio


async def work(number):
    await asyncio.sleep(0.1 * number)
    if number == 1:
        raise ValueError("boom")
    print("done", number)


async def main():
    try:
        await asyncio.gather(*map(work, range(3)))
    except ValueError as error:
        print("raised", error)
    await asyncio.sleep(0.2)


asyncio.run(main())
