# ends: ok
# says: still here
import sys

sys.modules.clear()
sys.path.clear()
print("still here")
