import asyncio
import threading
import time


def work(loop, future):
    time.sleep(0.2)
    loop.call_soon_threadsafe(future.set_result, "from a thread")


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    threading.Thread(target=work, args=(loop, future)).start()
    ticks = 0
    while not future.done():
        await asyncio.sleep(0.04)
        ticks += 1
    print(await future, ticks > 2)


asyncio.run(main())
