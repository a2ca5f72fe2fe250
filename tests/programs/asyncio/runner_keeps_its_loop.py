import asyncio


async def ticket(queue):
    queue.append(len(queue))
    await asyncio.sleep(0.02)
    return asyncio.get_running_loop()


with asyncio.Runner() as runner:
    queue = []
    loops = {runner.run(ticket(queue)) for _ in range(3)}
    print(queue, len(loops))
    print(runner.get_loop().is_running())
