async def work():
    return 1


print(type(work()).__name__)
print("no result")
