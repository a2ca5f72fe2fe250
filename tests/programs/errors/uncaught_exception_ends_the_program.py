print("a")
1 / 0
print("never")
