from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor() as executor:
    orders = executor.submit(call, "orders")
    # Meanwhile this thread does the two that follow each other.
    user = call("user")
    billing = call("billing")

    for answer in (user, billing, orders.result()):
        print(answer["service"])
