# ends: ok, raised, broken
for text in ("(" * 100_000, "[" * 100_000 + "]" * 100_000, "-" * 200_000 + "1", "f'{" * 1_000, "lambda: " * 50_000 + "1",
             "x" + ".x" * 200_000, "1" + " + 1" * 200_000, "print(1)\0", "if 1:\n" + " if 1:\n" * 1_000, "'" * 7, "\\"):
    try:
        compile(text, "<text>", "exec")
    except (SyntaxError, MemoryError, RecursionError, ValueError) as error:
        print(type(error).__name__)
print("the end")
