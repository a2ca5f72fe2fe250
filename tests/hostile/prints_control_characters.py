# ends: ok
# says: the end
import sys

print("\x1b[2J\x1b[31mred\x1b[0m\x07\x08\x7f")
print("\0null\0", "\u202eright to left\u202c", "\u2066isolated", "zero\u200bwidth", "\ufeff", "\u2028line\u2029")
print("a\rb\vc\fd\x85e\\t\\n\\")
print("\U0010ffff", "\ufffe", "é" + "\u0301" * 10_000)
sys.stdout.buffer.write(bytes(range(256)))
try:
    print("\ud800 alone")
except UnicodeEncodeError:
    pass
print("the end")
