# fails: as-they-come
from concurrent.futures import ThreadPoolExecutor, as_completed

NAMES = ["user", "billing", "orders", "news"]

with ThreadPoolExecutor(max_workers=len(NAMES)) as executor:
    futures = [executor.submit(call, name) for name in NAMES]
    answers = [future.result() for future in as_completed(futures)]
for answer in answers:
    print(answer["service"])
