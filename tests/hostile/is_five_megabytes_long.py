# ends: ok
# padded: 5000000
# says: the end
print("the end")
