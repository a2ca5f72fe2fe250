import asyncio

inside = most = 0


async def load(semaphore):
    global inside, most
    async with semaphore:
        inside += 1
        most = max(most, inside)
        await acall("user", ms=100)
        inside -= 1


async def main():
    semaphore = asyncio.Semaphore(3)
    await asyncio.gather(*(load(semaphore) for _ in range(9)))
    print("at most", most)


asyncio.run(main())
