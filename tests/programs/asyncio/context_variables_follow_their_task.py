import asyncio
from contextvars import ContextVar

name = ContextVar("name", default="nobody")


async def work(value):
    name.set(value)
    await asyncio.sleep(0.05)
    return name.get(), await asyncio.to_thread(name.get)


async def main():
    name.set("main")
    print(await asyncio.gather(work("a"), work("b")))
    print(name.get())


asyncio.run(main())
print(name.get())
