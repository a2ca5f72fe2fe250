import asyncio


async def work(name):
    print(name, "begins")
    await asyncio.sleep(0)
    print(name, "goes on")


async def main():
    tasks = [asyncio.create_task(work(name)) for name in "abc"]
    print("nothing has begun")
    await asyncio.sleep(0)
    print("all have begun")
    await asyncio.gather(*tasks)


asyncio.run(main())
