# differs: some of this is of Python 3.12, exceptions without brackets are of 3.14
def first[T](items: list[T]) -> T:
    return items[0]


type Order = dict[str, int]
order: Order = {"soup": 5}
print(f"{order["soup"]} for {first(["soup"])}")
try:
    first([])
except IndexError, KeyError:
    print("nothing ordered")
