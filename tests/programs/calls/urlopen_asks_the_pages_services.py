# differs: at home there would have to be services at this address
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

with urlopen("http://127.0.0.1:7001/user?ms=50") as answer:
    print(answer.status, answer.reason, answer.read(11), answer.read().decode())
    print(answer.read())
try:
    urlopen("http://127.0.0.1:7002/billing?ms=50&status=503")
except HTTPError as error:
    print(error, error.code, b"503" in error.read())
try:
    urlopen("http://127.0.0.1:7001/user?ms=2000", timeout=0.1)
except TimeoutError as error:
    print("TimeoutError:", error)
try:
    urlopen("http://127.0.0.1:7001/")
except URLError as error:
    print(type(error).__name__)
print(urlopen(Request("http://127.0.0.1:7003/orders?ms=50", b"body")).geturl())
try:
    urlopen("user")
except ValueError as error:
    print(error)
try:
    answer.info()
except NotImplementedError as error:
    print(error)
