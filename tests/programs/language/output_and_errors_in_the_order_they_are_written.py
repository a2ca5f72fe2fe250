import sys

print("one")
print("two", file=sys.stderr)
print("three", end="", flush=True)
sys.stderr.write(" four\n")
sys.stdout.write("five\n")
print("six", "seven", sep=", ", end="!\n")
print()
print("eight")
