def load():
    try:
        return {}["user"]
    except KeyError:
        return int("none")


load()
