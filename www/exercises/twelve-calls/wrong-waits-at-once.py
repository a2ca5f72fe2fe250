# fails: ratio
from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor(max_workers=3) as executor:
    for number in range(1, 13):
        future = executor.submit(call, f"order-{number}")
        print(future.result()["service"])
