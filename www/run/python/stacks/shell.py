"""Puts everything in place, then runs one program, start to end, as `python3` would.
`www/run/python.js` calls `install` once and `main` once."""
import atexit
import builtins
import inspect
import io
import json
import linecache
import sys
import threading
import time
import traceback
import types
from time import perf_counter

from . import clock, core, doors, limits, loop, memory, processes, requests, services, threads, trace, urlopen, watchdog
from .core import ANSWER


# Of the threads that are left behind: how many are told, and how much of a name.
MOST_LEFT = 100
MOST_NAME = 200


class _Output(io.TextIOBase):
    """Standard output or error: what is written is an event."""

    encoding = "utf-8"
    errors = "strict"
    newlines = None

    def __init__(self, kind, name):
        self._kind = kind
        self.name = name
        self.buffer = _Bytes(self)

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if text:
            trace.write(self._kind, text)
        return len(text)

    def fileno(self):
        raise io.UnsupportedOperation("fileno")

    def close(self):
        pass


class _Bytes(io.RawIOBase):
    def __init__(self, text):
        self._text = text

    def writable(self):
        return True

    def write(self, given):
        given = bytes(given)
        self._text.write(given.decode("utf-8", "replace"))
        return len(given)

    def close(self):
        pass


class _Input(io.TextIOBase):
    encoding = "utf-8"
    name = "<stdin>"

    def readable(self):
        return True

    def readline(self, size=-1, /):
        raise EOFError("there is nobody at a keyboard here: input() has nothing to read")

    read = readline


def _input(prompt="", /):
    raise EOFError("there is nobody at a keyboard here: input() has nothing to read")


_input.__name__ = _input.__qualname__ = "input"
_input.__module__ = "builtins"


def _told(error):
    """An exception as CPython prints it, from the reader's own lines on: frames of
    what started the program, and of what is C elsewhere, are left out."""
    told = traceback.TracebackException.from_exception(error)
    _trim(told, set())
    return "".join(told.format())


def _trim(told, seen):
    if told is None or id(told) in seen:
        return
    seen.add(id(told))
    frames = [frame for frame in told.stack if not frame.filename.startswith(core.PACKAGE)]
    told.stack[:] = frames
    for other in (told.__cause__, told.__context__, *(told.exceptions or ())):
        _trim(other, seen)


def _last_line(error):
    found = getattr(error, "lineno", 0) if isinstance(error, SyntaxError) and error.filename == ANSWER else 0
    at = error.__traceback__
    while at is not None:
        if at.tb_frame.f_code.co_filename == ANSWER:
            found = at.tb_lineno
        at = at.tb_next
    return found or 0


def _excepthook(kind, error, tb):
    sys.stderr.write(_told(error))


def _unraisablehook(given):
    where = f": {given.object!r}" if given.object is not None else ""
    sys.stderr.write(f"{given.err_msg or 'Exception ignored in'}{where}\n")
    if given.exc_value is not None:
        sys.stderr.write(_told(given.exc_value))


def _thread_excepthook(args):
    """`threading.excepthook`, which is in C: the thread's name, then the traceback."""
    if args.exc_type is SystemExit:
        return
    name = args.thread.name if args.thread is not None else core.current.ident
    sys.stderr.write(f"Exception in thread {name}:\n{_told(args.exc_value)}")


_thread_excepthook.__name__ = _thread_excepthook.__qualname__ = "_excepthook"
_thread_excepthook.__module__ = "_thread"


def _main_module(name, source):
    module = types.ModuleType(name)
    module.__dict__.update(__file__=ANSWER, __builtins__=builtins, __cached__=None)
    linecache.cache[ANSWER] = (len(source), None, source.splitlines(True), ANSWER)
    # Under the second name a process of its knows it.
    sys.modules["__main__"] = sys.modules["__mp_main__"] = module
    return module


def _execute(source, module):
    # Pages and notebooks let one await at the top: a program that does not is not
    # touched by it.
    import ast
    code = compile(source, ANSWER, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    trace.follow(code)
    if not code.co_flags & inspect.CO_COROUTINE:
        return exec(code, module.__dict__)
    import asyncio

    async def top():
        await eval(code, module.__dict__)
    asyncio.run(top())


def _exit_status(error):
    """Of SystemExit, what is neither nothing nor a number is printed."""
    if error.code is not None and not isinstance(error.code, int):
        sys.stderr.write(f"{error.code}\n")


def _run(source):
    """Runs it as a whole; the outcome, its traceback and its line."""
    try:
        _execute(source, _main_module("__main__", source))
        outcome, text, line = "ok", "", 0
    except SystemExit as error:
        _exit_status(error)
        outcome, text, line = "exit", "", _last_line(error)
    except BaseException as error:
        outcome, text, line = "raised", "", _last_line(error)
        sys.last_exc = error
        # Said before the threads that still run are waited for.
        try:
            sys.excepthook(type(error), error, error.__traceback__)
        except SystemExit as exit:
            _exit_status(exit)
            outcome = "exit"
        except BaseException as worse:
            sys.stderr.write(f"Error in sys.excepthook:\n{_told(worse)}\nOriginal exception was:\n{_told(error)}")
    # As the interpreter's end: threads first, then what was registered.
    for step in (threading._shutdown, atexit._run_exitfuncs):
        try:
            step()
        except BaseException as error:
            sys.stderr.write(_told(error))
    return outcome, text, line


def connect(wire, run_sync):
    """Hands the wire to whoever needs it; gives what runs the program."""
    finish, gate = wire.finish, wire.gate

    def end(message):
        """Ends the program: tells the page, and parks for ever."""
        trace.flush()
        finish(json.dumps(message))
        wire.park(-1, -1, 0)
        run_sync(gate)

    def stop(sentence):
        end({"type": "limit", "sentence": sentence})

    def in_vain():
        end({"type": "deadlock", "sentence": watchdog.sentence()})

    limits.connect(stop)
    trace.connect(wire)
    clock.connect(wire)
    services.connect(wire)
    processes.connect(wire)
    core.connect(wire, run_sync, trace, in_vain, watchdog.WORDS)

    def main(text):
        given = json.loads(text)
        trace.began = given["zero"] / 1000 - _ahead(wire)
        limits.set_limits(given.get("limits") or {})
        trace.is_recorded = (given.get("limits") or {}).get("recorded") is not False
        services.names = given.get("services")
        processes.source = source = given.pop("source")
        processes.given = {name: given.get(name) for name in ("limits", "services")}
        if given.get("process"):
            child(source, given["process"])
        trace.emit("begin", 0, "MainThread")
        outcome, traceback, line = _run(source)
        trace.emit("end", 0)
        others = [thread for thread in threading.enumerate() if thread is not threading.main_thread()]
        left = [str(thread.name)[:MOST_NAME] for thread in others[:MOST_LEFT]]
        end({"type": "ended", "outcome": outcome, "traceback": traceback[-60_000:], "line": line,
             "ms": max(0, (perf_counter() - trace.began) * 1000), "threads": left, "waits": []})

    def child(source, prefix):
        core.prefix = prefix
        core.MAIN.label = f"{prefix}0"
        module = _main_module("__mp_main__", source)
        try:
            processes.run_child(module, lambda: _execute(source, module))
        except BaseException as error:
            sys.stderr.write(_told(error))
            end({"type": "ended", "outcome": "raised", "traceback": "", "line": _last_line(error),
                 "ms": 0, "threads": [], "waits": []})
    return main


def _ahead(wire):
    """How far the worker's clock is ahead of this one."""
    return wire.now() / 1000 - perf_counter()


def install():
    import _wire
    from pyodide.ffi import create_proxy, run_sync
    main = connect(_wire, run_sync)
    clock.install()
    memory.install()
    threads.install()
    loop.install()
    requests.install()
    urlopen.install()
    builtins.call = services.call
    builtins.acall = services.acall
    builtins.CallError = services.CallError
    builtins.input = _input
    sys.stdin = sys.__stdin__ = _Input()
    sys.stdout = sys.__stdout__ = _Output("out", "<stdout>")
    sys.stderr = sys.__stderr__ = _Output("err", "<stderr>")
    sys.excepthook = sys.__excepthook__ = _excepthook
    sys.unraisablehook = _unraisablehook
    threading.excepthook = threading.__excepthook__ = _thread_excepthook
    sys.argv = [ANSWER]
    atexit._clear()
    doors.install(_wire.cores)
    return create_proxy({"run": core.run, "main": main, "check": core.check})
