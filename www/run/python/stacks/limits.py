"""What a program may have, and the sentence that it ends with if it wants more.
Everything that counts asks here."""
LIMITS = {
    "threads": 1_000,
    "processes": 8,
    "calls": 1_000,
    "output": 1024 * 1024,
    "events": 100_000,
}


def connect(stop):
    global limit

    def limit(sentence):
        """Ends the program with that sentence: never returns."""
        stop(sentence)


def set_limits(given):
    for name, value in given.items():
        if name in LIMITS and isinstance(value, (int, float)) and 0 < value:
            LIMITS[name] = int(value)
