# ends: ok
# says: the end
# A hundred thousand lines of its own, each of which is a line of the program too.
code = compile("\n" * 20 + "x = 1\n" * 100_000, "<answer>", "exec")
for _ in range(3):
    exec(code)
total = 0
for number in range(1_000_000):
    total += number
print("the end", total)
