from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor() as executor:
    first = executor.submit(call, "user", 300).result()
    second = executor.submit(call, "orders", 300).result()
    print(first["service"], second["service"])
