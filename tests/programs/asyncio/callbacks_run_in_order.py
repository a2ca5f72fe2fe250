import asyncio


async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(0.1, print, "later")
    loop.call_later(0.05, print, "sooner")
    handle = loop.call_later(0.07, print, "never")
    loop.call_soon(print, "soon")
    loop.call_soon(print, "and then")
    handle.cancel()
    print("first")
    await asyncio.sleep(0.15)


asyncio.run(main())
