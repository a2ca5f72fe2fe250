import asyncio
import threading


async def work():
    await asyncio.sleep(0.2)
    return threading.current_thread().name


names = []
threads = [
    threading.Thread(target=lambda: names.append(asyncio.run(work())), name=name)
    for name in ("first", "second")
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(names))
