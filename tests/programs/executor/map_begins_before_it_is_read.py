import time
from concurrent.futures import ThreadPoolExecutor

begun = []
with ThreadPoolExecutor(2) as executor:
    results = executor.map(begun.append, range(3), chunksize=2)
    time.sleep(0.1)
    print(sorted(begun))
    print(list(results), type(results).__name__)
