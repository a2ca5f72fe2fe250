from concurrent.futures import ThreadPoolExecutor

NAMES = ["user", "billing", "orders", "news"]

with ThreadPoolExecutor() as executor:
    for answer in executor.map(call, NAMES):
        print(answer["service"])
