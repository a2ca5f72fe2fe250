# ends: limit
# says: 512 MiB
kept = []
while True:
    kept.append(bytearray(10 ** 6))
