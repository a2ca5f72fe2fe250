# ends: deadlock
# says: event loop
import asyncio

asyncio.run(asyncio.wait_for(asyncio.Event().wait(), None))
