# ends: ok
# says: never awaited
import asyncio

async def main():
    for _ in range(100):
        acall("user")
    tasks = [asyncio.create_task(acall("user", ms=30_000)) for _ in range(100)]
    await asyncio.sleep(0)

asyncio.run(main())
