# ends: limit
# says: 512 MiB
bytearray(10 ** 9)
