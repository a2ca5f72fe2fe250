import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


def work(number):
    time.sleep(0.3)
    return number


async def main():
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor() as executor:
        futures = [loop.run_in_executor(executor, work, number) for number in range(3)]
        return await asyncio.gather(*futures)


print(asyncio.run(main()))
