# fails: prints
from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor() as executor:
    names = ["user", "billing", "orders"]
    futures = [executor.submit(call, name) for name in names]

for future in futures:
    if not future.exception():
        print(future.result()["service"])
