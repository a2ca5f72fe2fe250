import asyncio


async def work():
    return asyncio.current_task().get_name()


async def main():
    tasks = [asyncio.create_task(work(), name="cook"), asyncio.create_task(work())]
    print(tasks[0].get_name(), tasks[0].done(), len(asyncio.all_tasks()))
    try:
        tasks[0].result()
    except asyncio.InvalidStateError as error:
        print(error)
    await asyncio.wait(tasks)
    print(tasks[0].result(), tasks[0].exception(), tasks[1].result().startswith("Task-"))


asyncio.run(main())
