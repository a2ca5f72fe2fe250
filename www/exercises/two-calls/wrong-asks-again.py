# fails: once, ratio
from threading import Thread

threads = [Thread(target=call, args=(name,)) for name in ("user", "orders")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(call("user")["service"], call("orders")["service"])
