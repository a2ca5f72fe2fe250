import time


def ask(name):
    print(f"{name}: asked")
    answer = call(name)
    print(f"{name}: answered")
    return answer["service"]


start = time.perf_counter()
user = ask("user")
orders = ask("orders")
print(user, orders)
print(f"{time.perf_counter() - start:.1f} s")
