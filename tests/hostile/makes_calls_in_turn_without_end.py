# ends: limit
# says: calls
while True:
    call("user", ms=0)
