# ends: stopped
import asyncio

async def spin():
    print("begun", flush=True)
    await asyncio.sleep(0)
    while True:
        pass

asyncio.run(spin())
