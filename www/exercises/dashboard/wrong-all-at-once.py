# fails: needs
from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor() as executor:
    for answer in executor.map(call, ["user", "billing", "orders"]):
        print(answer["service"])
