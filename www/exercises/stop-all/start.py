from concurrent.futures import ThreadPoolExecutor

NAMES = [f"order-{number}" for number in range(1, 7)]


def fetch(name):
    print(f"{name}: asked")
    return call(name)


try:
    with ThreadPoolExecutor(max_workers=2) as executor:
        orders = [executor.submit(fetch, name) for name in NAMES]
        for order in orders:
            print(order.result()["service"])
except RuntimeError as error:
    print(error)
