import asyncio


async def recommend():
    try:
        # A deadline for the whole of it, however many calls that becomes.
        async with asyncio.timeout(1.0):
            answer = await acall("recommendations")
            return answer["service"]
    except TimeoutError:
        return "no recommendations"


async def main():
    async with asyncio.TaskGroup() as group:
        recommendations = group.create_task(recommend())
        profile = await acall("profile", timeout=5)
        print(profile["service"])
        print(await recommendations)


asyncio.run(main())
