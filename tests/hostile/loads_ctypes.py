# ends: raised
# says: ModuleNotFoundError
# never: got out
import ctypes
ctypes.string_at(0, 1_000_000_000)
print("got out")
