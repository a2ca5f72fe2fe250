def load():
    try:
        return {}["user"]
    except KeyError as error:
        raise RuntimeError("no user") from error


load()
