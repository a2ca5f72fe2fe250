# fails: ratio
from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor() as executor:
    user = executor.submit(call, "user").result()
    orders = executor.submit(call, "orders").result()
    print(user["service"], orders["service"])
