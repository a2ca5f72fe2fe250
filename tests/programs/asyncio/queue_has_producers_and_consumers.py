import asyncio


async def produce(queue):
    for item in range(4):
        await queue.put(item)
        print("put", item)
    await queue.join()


async def consume(queue):
    while True:
        item = await queue.get()
        await asyncio.sleep(0.03)
        print("took", item)
        queue.task_done()


async def main():
    queue = asyncio.Queue(maxsize=1)
    consumer = asyncio.create_task(consume(queue))
    await produce(queue)
    consumer.cancel()
    print(await asyncio.gather(consumer, return_exceptions=True), queue.empty())


asyncio.run(main())
