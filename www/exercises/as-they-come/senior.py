from concurrent.futures import ThreadPoolExecutor, as_completed

NAMES = ["user", "billing", "orders", "news"]


def ask(name):
    return call(name, timeout=5)


with ThreadPoolExecutor(max_workers=len(NAMES)) as executor:
    # A future that failed does not say whose it was.
    names = {executor.submit(ask, name): name for name in NAMES}
    for future in as_completed(names):
        if error := future.exception():
            print(f"Without {names[future]}: {error}")
        else:
            print(future.result()["service"])
