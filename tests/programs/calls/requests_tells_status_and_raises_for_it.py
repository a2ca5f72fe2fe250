import requests

response = requests.get("https://api.example.com/user", params={"ms": 50})
print(response.status_code, response.ok, response.json()["service"])
response.raise_for_status()
bad = requests.get("https://api.example.com/user?ms=50&status=503")
print(bad.status_code, bad.ok)
try:
    bad.raise_for_status()
except requests.exceptions.HTTPError as error:
    print(str(error).split(" for url")[0], error.response.status_code)
print(issubclass(requests.HTTPError, requests.RequestException))
