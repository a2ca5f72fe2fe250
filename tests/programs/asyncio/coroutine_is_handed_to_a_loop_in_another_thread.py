import asyncio
import threading

loop = asyncio.new_event_loop()
thread = threading.Thread(target=loop.run_forever, name="loop")
thread.start()


async def work(number):
    await asyncio.sleep(0.1)
    return number, threading.current_thread().name


futures = [asyncio.run_coroutine_threadsafe(work(number), loop) for number in range(2)]
print([future.result(timeout=1) for future in futures])
loop.call_soon_threadsafe(loop.stop)
thread.join()
loop.close()
print(loop.is_closed())
