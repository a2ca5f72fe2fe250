import asyncio

inside = most = 0


async def work(semaphore):
    global inside, most
    async with semaphore:
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0.1)
        inside -= 1


async def main():
    semaphore = asyncio.Semaphore(2)
    await asyncio.gather(*(work(semaphore) for _ in range(6)))
    print("at most", most, semaphore.locked())


asyncio.run(main())
