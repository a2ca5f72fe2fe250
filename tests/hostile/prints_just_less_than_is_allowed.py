# ends: ok
# says: the end
print("x" * 1_000_000)
print("\n" * 10_000, "the end")
