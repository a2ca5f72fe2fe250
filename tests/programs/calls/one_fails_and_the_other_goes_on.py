from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor() as executor:
    bad, good = executor.submit(call, "user", 200, 500), executor.submit(call, "orders", 400)
    try:
        bad.result()
    except RuntimeError as error:
        print(error, good.done())
print(good.result()["ms"])
