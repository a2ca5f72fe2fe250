import asyncio


async def main():
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(0.05) as timeout:
        timeout.reschedule(loop.time() + 0.3)
        await asyncio.sleep(0.1)
    print(timeout.expired())
    try:
        async with asyncio.timeout_at(loop.time() + 0.05) as timeout:
            await asyncio.sleep(1)
    except TimeoutError:
        print(timeout.expired())
    async with asyncio.timeout(None):
        await asyncio.sleep(0)


asyncio.run(main())
