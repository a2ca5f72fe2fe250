def load():
    return call("billing", ms=50, status=503)


print("asking")
load()
