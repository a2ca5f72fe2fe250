# ends: exit, ok, raised, broken
# never: still here
import os

os._exit(3)
print("still here")
