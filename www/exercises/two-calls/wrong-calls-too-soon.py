# fails: prints, ratio
from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor() as executor:
    user = executor.submit(call("user"))
    orders = executor.submit(call("orders"))
    print(user.result()["service"], orders.result()["service"])
