"""When garbage is collected. CPython does so by itself, a part at a time, and looks
through the frames of all threads for what is alive; those of a parked stack may be
in memory that Pyodide has put away. So it is done whole, which looks through no
frames, and between two threads' turns. `shell` installs it, `core` calls `tidy`."""
import gc

# As many new objects as are looked through at once. CPython's own first step comes
# after 2,000, and the whole after some hundred of those.
OFTEN = 100_000

_collect = gc.collect
_count = gc.get_count
_is_on = True


def tidy():
    if _is_on and _count()[0] > OFTEN:
        _collect(2)


def install():
    def collect(generation=2):
        if generation not in (0, 1, 2):
            raise ValueError("invalid generation")
        return _collect(2)

    def switch(on):
        global _is_on
        _is_on = on

    gc.disable()
    gc.collect = collect
    gc.enable = lambda: switch(True)
    gc.disable = lambda: switch(False)
    gc.isenabled = lambda: _is_on
