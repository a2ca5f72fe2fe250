from contextlib import ExitStack, contextmanager, suppress


@contextmanager
def station(name):
    print("enter", name)
    try:
        yield name
    except ValueError as error:
        print("caught in", name, error)
    finally:
        print("leave", name)


with station("stove"), station("sink"):
    raise ValueError("spilled")
with suppress(KeyError), ExitStack() as stack:
    stack.callback(print, "called back")
    {}["none"]
print("on")
