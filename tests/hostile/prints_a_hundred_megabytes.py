# ends: limit
# says: printed more than 1,024 KiB
print("x" * 100_000_000)
