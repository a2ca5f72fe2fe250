# ends: limit
# says: printed more than 1,024 KiB
import sys
import warnings

while True:
    warnings.warn(f"flood {sys.stderr.write('x' * 100)}")
    sys.stderr.write("flood\n" * 100)
