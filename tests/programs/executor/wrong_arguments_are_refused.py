from concurrent.futures import ThreadPoolExecutor, wait

for options in ({"max_workers": 0}, {"max_workers": -1}, {"initializer": "no function"}):
    try:
        ThreadPoolExecutor(**options)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
try:
    wait([], return_when="SOON")
except ValueError:
    print("ValueError")
print(wait([]))
