import requests

try:
    requests.get("https://nowhere.invalid/")
except requests.exceptions.ConnectionError as error:
    print("ConnectionError", isinstance(error, OSError))
