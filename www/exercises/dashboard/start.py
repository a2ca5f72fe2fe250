import time

start = time.perf_counter()
user = call("user")
billing = call("billing")
orders = call("orders")

for answer in (user, billing, orders):
    print(answer["service"])
print(f"{time.perf_counter() - start:.1f} s")
