from concurrent.futures import ThreadPoolExecutor


def history():
    user = call("user", ms=150)
    return f"orders of {user['service']}", call("orders", ms=150)["ms"]


with ThreadPoolExecutor() as executor:
    first, second = executor.submit(history), executor.submit(call, "billing", 250)
    print(first.result(), second.result()["ms"])
