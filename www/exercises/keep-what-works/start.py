from concurrent.futures import ThreadPoolExecutor

NAMES = ["user", "billing", "orders"]

try:
    with ThreadPoolExecutor() as executor:
        answers = list(executor.map(call, NAMES))
    for answer in answers:
        print(answer["service"])
except RuntimeError as error:
    print("No dashboard today:", error)
