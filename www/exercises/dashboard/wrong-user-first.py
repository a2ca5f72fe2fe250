# fails: ratio
from concurrent.futures import ThreadPoolExecutor

user = call("user")
print(user["service"])
with ThreadPoolExecutor() as executor:
    for answer in executor.map(call, ["billing", "orders"]):
        print(answer["service"])
