import requests

try:
    requests.get("https://api.example.com/orders?ms=3000", timeout=0.2)
except requests.exceptions.Timeout as error:
    print("Timeout", isinstance(error, requests.exceptions.RequestException))
