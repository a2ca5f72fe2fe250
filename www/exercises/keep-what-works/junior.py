from concurrent.futures import ThreadPoolExecutor

NAMES = ["user", "billing", "orders"]

with ThreadPoolExecutor() as executor:
    futures = [executor.submit(call, name) for name in NAMES]

for future in futures:
    try:
        print(future.result()["service"])
    except RuntimeError as error:
        print(error)
