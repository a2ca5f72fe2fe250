# fails: prints
from concurrent.futures import ThreadPoolExecutor, as_completed


def user_and_billing():
    return [call("user"), call("billing")]


def orders():
    return [call("orders")]


with ThreadPoolExecutor() as executor:
    parts = [executor.submit(part) for part in (user_and_billing, orders)]
    for part in as_completed(parts):
        for answer in part.result():
            print(answer["service"])
