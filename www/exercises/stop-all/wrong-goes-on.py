# fails: stops
from concurrent.futures import ThreadPoolExecutor

NAMES = [f"order-{number}" for number in range(1, 7)]

with ThreadPoolExecutor(max_workers=2) as executor:
    orders = [executor.submit(call, name) for name in NAMES]
for order in orders:
    if order.exception():
        print(order.exception())
        break
