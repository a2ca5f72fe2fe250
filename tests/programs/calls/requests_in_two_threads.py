from concurrent.futures import ThreadPoolExecutor

import requests


def load(name):
    response = requests.get(f"https://api.example.com/{name}", params={"ms": 300}, timeout=3)
    return response.json()["service"]


with ThreadPoolExecutor() as executor:
    print(list(executor.map(load, ["user", "billing"])))
