# ends: ok, exit, raised
breakpoint()
print("went on")
