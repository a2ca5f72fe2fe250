from concurrent.futures import ThreadPoolExecutor

with ThreadPoolExecutor() as executor:
    for answer in executor.map(call, ["orders", "user", "billing"]):
        print(answer["service"], answer["ms"])
