# ends: stopped, limit
import asyncio

async def bomb():
    while True:
        asyncio.create_task(bomb())
        await asyncio.sleep(0)

print("begun", flush=True)
asyncio.run(bomb())
