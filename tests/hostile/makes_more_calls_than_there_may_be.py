# ends: limit, raised
import asyncio

async def main():
    await asyncio.gather(*[acall("user", ms=30_000) for _ in range(20_000)])

asyncio.run(main())
