from concurrent.futures import ThreadPoolExecutor

import requests

with requests.Session() as session, ThreadPoolExecutor(3) as executor:

    def load(name):
        return session.get(f"https://api.example.com/{name}?ms=200").json()["service"]

    print(list(executor.map(load, ["orders", "user", "billing"])))
