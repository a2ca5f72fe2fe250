"""`call(name)` and `await acall(name)`: the slow services of an exercise, which the
page answers. `requests` and `loop` use what is here, and so does the reader."""
import asyncio
import json
import math
from itertools import count

from . import core, limits, trace
from .limits import LIMITS

# Boxes of mail: 1 is the parent's of a process, processes have theirs from 2 on.
FIRST_BOX = 1_000
names = None        # of the services that there are, if the page has said so
_boxes = count(FIRST_BOX)
_made = 0


class CallError(RuntimeError):
    """A call that was answered badly, or not at all."""


def connect(wire):
    global send, take, shut, abort
    wire_call, take, shut, abort = wire.call, wire.take, wire.shut, wire.abort

    def send(box, name, options):
        global _made
        _made += 1
        if _made > LIMITS["calls"]:
            limits.limit(f"The program made more than {LIMITS['calls']:,} calls.")
        trace.flush()
        return wire_call(box, core.current.label, core.line(), name, json.dumps(options))


def new_box():
    return next(_boxes)


def _number(what, value, least, most):
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise TypeError(f"{what} must be a number, not {value!r}")
    if not least <= value <= most:
        raise ValueError(f"{what} must be from {least} to {most:,}, not {value!r}")
    return value


def checked(name, ms, status, timeout):
    """The options of a call, for the wire."""
    if not isinstance(name, str):
        raise TypeError(f"call() takes the name of a service, not {name!r}")
    if not 1 <= len(name) <= 40:
        raise ValueError("a service's name has 1 to 40 characters")
    options = {}
    if ms is not None:
        options["ms"] = _number("ms", ms, 0, 30_000)
    if status is not None:
        options["status"] = int(_number("status", status, 200, 599))
    if timeout is not None:
        options["timeout"] = _number("timeout", timeout, 0, 1_000_000)
    return options


def exchange(name, options, timeout=None):
    """Asks and waits, this thread alone; (status, text). Raises TimeoutError after
    `timeout` seconds, and CallError where nobody answers."""
    from . import clock
    box = new_box()
    id = send(box, name, options)
    try:
        until = -1.0 if timeout is None else clock.deadline(timeout)
        core.park("call", until=until, box=box, detail=f"call {id}")
        mail = take(box)
        if not mail:
            abort(id)
            raise TimeoutError(f"{name}: no answer within {timeout:g} s")
        return answer_of(mail)
    finally:
        shut(box)


def answer_of(mail):
    answer = json.loads(mail) if isinstance(mail, str) else mail
    if answer["type"] == "fail":
        raise CallError(answer["sentence"])
    return answer["status"], answer["text"]


def value_of(name, status, text):
    if status >= 400:
        raise CallError(f"{name}: HTTP {status}")
    try:
        return json.loads(text)
    except ValueError:
        raise CallError(f"{name}: the answer is not JSON") from None


def call(name, ms=None, status=None, *, timeout=None):
    """Calls a service and waits for its answer, as `requests.get(...).json()` would."""
    options = checked(name, ms, status, timeout)
    return value_of(name, *exchange(name, options, timeout))


async def acall(name, ms=None, status=None, *, timeout=None):
    """The same, to be awaited: the event loop goes on meanwhile."""
    options = checked(name, ms, status, timeout)
    loop = asyncio.get_running_loop()
    asked = loop.ask(name, options)
    async with asyncio.timeout(timeout):
        return value_of(name, *await asked)


for _function in (call, acall, CallError):
    _function.__module__ = "builtins"
