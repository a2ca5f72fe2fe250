def totals():
    total = 0
    try:
        while True:
            total += yield total
    finally:
        print("closed at", total)


generator = totals()
next(generator)
print(generator.send(5), generator.send(7))
generator.close()


def chain(*iterables):
    for iterable in iterables:
        yield from iterable


print(list(chain("ab", range(2))))
