# ends: limit, raised
# never: got out
for number in range(200):
    with open(f"/tmp/big-{number}", "wb") as file:
        file.write(b"x" * 10 ** 7)
print("got out")
