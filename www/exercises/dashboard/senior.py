import asyncio


async def user_and_billing():
    user = await acall("user")
    return user, await acall("billing")


async def main():
    # What depends is one coroutine, what does not is another.
    async with asyncio.timeout(5), asyncio.TaskGroup() as group:
        chain = group.create_task(user_and_billing())
        orders = group.create_task(acall("orders"))

    user, billing = chain.result()
    for answer in (user, billing, orders.result()):
        print(answer["service"])


asyncio.run(main())
