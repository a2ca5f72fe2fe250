"""`time.sleep`: parks the stack until it is due. Also the slices of threads that
compute. `shell` installs both."""
import signal
import time

from . import core


def connect(wire):
    global now, deadline
    now = wire.now

    def deadline(seconds):
        """That many seconds from now, on the wire's clock."""
        return now() + seconds * 1000


def sleep(seconds, /):
    # As CPython: a number, not negative, and not too long for its clock.
    if not isinstance(seconds, (int, float)):
        if not hasattr(seconds, "__index__") and not hasattr(seconds, "__float__"):
            raise TypeError(f"'{type(seconds).__name__}' object cannot be interpreted as an integer")
        seconds = float(seconds)
    if seconds != seconds:
        raise ValueError("Invalid value NaN (not a number)")
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    if seconds > 9223372036:
        raise OverflowError("timestamp too large to convert to C PyTime_t")
    core.park("sleep", until=deadline(seconds), detail=f"sleep {seconds:g}")


sleep.__module__ = "time"


def _over(signum, frame):
    # Never in the middle of this package's own: that is what the interpreter's
    # C code is elsewhere, where no switch can come in between.
    if core.is_parking or frame is None or frame.f_code.co_filename.startswith(core.PACKAGE):
        return
    core.pause()


def install():
    time.sleep = sleep
    # CPython takes the lock from a thread at its next call or backward jump once
    # it has computed for 5 ms. The interpreter asks for signals at the same places.
    signal.signal(signal.SIGVTALRM, _over)
