import time

NAMES = [f"order-{number}" for number in range(1, 13)]

start = time.perf_counter()
for name in NAMES:
    order = call(name)
    print(order["service"])
print(f"{time.perf_counter() - start:.1f} s")
