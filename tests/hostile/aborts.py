# ends: raised, broken
# never: still here
import os

os.abort()
print("still here")
