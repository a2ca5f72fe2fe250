import asyncio


async def main():
    answers = await asyncio.gather(acall("user", 300), acall("orders", 300))
    print([answer["service"] for answer in answers])


asyncio.run(main())
