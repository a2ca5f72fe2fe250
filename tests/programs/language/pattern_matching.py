def describe(value):
    match value:
        case {"service": str(name), "ms": int(ms)} if ms > 100:
            return f"{name} is slow"
        case [first, *rest]:
            return f"{first} and {len(rest)} more"
        case int() | float():
            return "a number"
        case _:
            return "something"


for value in ({"service": "user", "ms": 500}, [1, 2, 3], 2.5, None):
    print(describe(value))
