import asyncio


async def wait_for(event, condition, items):
    await event.wait()
    print("event")
    async with condition:
        await condition.wait_for(lambda: len(items) == 2)
        print("condition", items)


async def main():
    event, condition, items = asyncio.Event(), asyncio.Condition(), []
    task = asyncio.create_task(wait_for(event, condition, items))
    await asyncio.sleep(0.05)
    event.set()
    for item in "ab":
        await asyncio.sleep(0.05)
        async with condition:
            items.append(item)
            condition.notify_all()
    await task


asyncio.run(main())
