from concurrent.futures import ThreadPoolExecutor


def ask(name):
    print(f"{name}: asked")
    answer = call(name)
    print(f"{name}: answered")
    return answer["service"]


with ThreadPoolExecutor() as executor:
    user = executor.submit(ask, "user")
    orders = executor.submit(ask, "orders")
    print(user.result(), orders.result())
