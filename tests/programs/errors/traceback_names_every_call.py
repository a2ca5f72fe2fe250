def outer(items):
    return inner(items, 5)


def inner(items, index):
    return items[index]


print(outer([1, 2]))
