name = "user
print(name)
