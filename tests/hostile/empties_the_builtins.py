# ends: raised
# says: NameError
import builtins

vars(builtins).clear()
print("still here")
