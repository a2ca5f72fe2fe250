import asyncio


async def work():
    try:
        await asyncio.sleep(5)
    except asyncio.CancelledError:
        print("cancelled")
        raise


async def main():
    try:
        await asyncio.wait_for(work(), 0.2)
    except TimeoutError:
        print("too late")


asyncio.run(main())
