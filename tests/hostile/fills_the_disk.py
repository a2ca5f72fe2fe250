# ends: limit, raised
# never: got out
chunk = b"x" * 10 ** 7
with open("/tmp/big", "wb") as file:
    for _ in range(200):
        file.write(chunk)
        file.flush()
print("got out")
