import asyncio
from contextlib import AsyncExitStack, asynccontextmanager


@asynccontextmanager
async def opened(name):
    await asyncio.sleep(0.02)
    print("open", name)
    try:
        yield name
    finally:
        await asyncio.sleep(0.02)
        print("close", name)


async def main():
    async with opened("a"), opened("b") as name:
        print("inside", name)
    async with AsyncExitStack() as stack:
        for name in "cd":
            await stack.enter_async_context(opened(name))


asyncio.run(main())
