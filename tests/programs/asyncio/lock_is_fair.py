import asyncio


async def work(name, lock):
    for turn in range(2):
        async with lock:
            print(name, turn)
            await asyncio.sleep(0.02)


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(*(work(name, lock) for name in "abc"))
    print(lock.locked())


asyncio.run(main())
