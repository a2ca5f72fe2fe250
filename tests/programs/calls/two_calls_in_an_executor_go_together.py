from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor() as executor:
    first, second = executor.submit(call, "user", 300), executor.submit(call, "orders", 300)
    print(first.result()["service"], second.result()["service"])
