import asyncio


async def work(name):
    return call(name, 300)


async def main():
    return await asyncio.gather(work("user"), work("billing"))


print([answer["service"] for answer in asyncio.run(main())])
