# ends: limit
# says: 512 MiB
print("before")
while True:
    try:
        bytearray(10 ** 9)
    except MemoryError:
        pass
