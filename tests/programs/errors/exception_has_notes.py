def load(name):
    try:
        return {}[name]
    except KeyError as error:
        error.add_note(f"while loading {name}")
        error.add_note("in the evening")
        raise


load("user")
