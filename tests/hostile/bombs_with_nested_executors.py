# ends: limit
# says: threads
from concurrent.futures import ThreadPoolExecutor

def bomb():
    with ThreadPoolExecutor(2) as executor:
        return [one.result() for one in [executor.submit(bomb), executor.submit(bomb)]]

bomb()
