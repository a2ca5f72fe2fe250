# fails: stops
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait

NAMES = [f"order-{number}" for number in range(1, 7)]

with ThreadPoolExecutor(max_workers=2) as executor:
    orders = [executor.submit(call, name) for name in NAMES]
    done, _ = wait(orders, return_when=FIRST_EXCEPTION)
    executor.shutdown(wait=False, cancel_futures=True)
for order in done:
    if order.exception():
        print(order.exception())
