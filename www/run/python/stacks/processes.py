"""Processes: further workers of the browser's, each with a Python of its own. Both
ends are here: what `multiprocessing` and the pools ask for, and what such a worker
runs. `doors` puts it under `multiprocessing` when a program imports that.

As with CPython's `spawn`, the new process imports the program as `__mp_main__` and
gets functions by name and arguments by pickle.
"""
import json
import pickle
import sys
import traceback
from itertools import count

from . import core, limits, trace
from .limits import LIMITS

PARENT = 1          # the box of what a process hears from the one that started it
CRASHED = 1
KILLED = -15        # as CPython says of one that SIGTERM ended
source = ""         # of the program
given = {}          # what it was started with, which its processes get too
_numbers = count(2)
_alive = {}         # number: Child


class ProcessDied(Exception):
    """A process ended before it had answered."""


def connect(wire):
    global _spawn, _end, _post, _take, _expect, _warm
    _spawn, _end, _post, _take, _expect, _warm = (
        wire.spawnProcess, wire.endProcess, wire.post, wire.take, wire.expect, wire.warm)


def pack(value):
    # Across a wire that has text alone: a character a byte.
    from multiprocessing.reduction import ForkingPickler
    return bytes(ForkingPickler.dumps(value)).decode("latin-1")


def unpack(text):
    return pickle.loads(text.encode("latin-1"))


# What is said of a process that is no more, where there is no more to say.
ENDED = "it ended"


class Child:
    """A process, as the one that started it has it. One request at a time."""

    def __init__(self):
        if core.prefix:
            raise NotImplementedError("here a process cannot start processes of its own")
        if len(_alive) >= LIMITS["processes"]:
            limits.limit(f"The program has more than {LIMITS['processes']} processes at once.")
        self.number = next(_numbers)
        self.label = f"p{self.number - 1}"
        self.died = None        # why, once it has
        self._answer = None
        self._waiting = None
        self._is_busy = False
        self._asking = 0        # questions of its own, not answered yet
        self._owed = 0
        _alive[self.number] = self
        trace.emit("process", core.line(), f"begin {self.label}")
        trace.flush()
        _spawn(self.number, json.dumps({**given, "source": source, "process": f"{self.label}."}))
        # Who serves what it asks of us, and takes in its answers.
        core.spawn(self._serve, "")

    def _owe(self):
        """Whether something is to come from it, which nobody waits for in vain: it
        works, and waits for nothing itself."""
        owed = int(self._is_busy and not self._asking and self.died is None)
        _expect(owed - self._owed)
        self._owed = owed

    def request(self, kind, *what):
        """Sends; `answer` waits for what comes."""
        text = pack((kind, *what))
        self._answer = None
        self._is_busy = True
        self._owe()
        _post(self.number, text)

    def answer(self, until=-1.0):
        """The answer to the last request, or None at that time. Raises ProcessDied."""
        while self._answer is None and self.died is None:
            self._waiting = core.current
            woken = core.park("process", self, until=until)
            self._waiting = None
            if not woken:
                break
        if self._answer is None and self.died is not None:
            raise ProcessDied(self.died)
        return self._answer

    def poll(self):
        return self._answer

    def _serve(self):
        from . import shared
        while self.died is None:
            core.park("process", self, box=self.number)
            while mail := _take(self.number):
                if mail.startswith("{"):
                    self._over(json.loads(mail)["broken"] or ENDED)
                    return
                try:
                    kind, *rest = unpack(mail)
                except BaseException as error:
                    self._over(f"its answer cannot be read: {error!r}")
                    return
                if kind == "ask":
                    self._asking += 1
                    shared.answer(self, *rest)
                else:
                    self._is_busy = False
                    self._answer = rest
                    self._tell()
                self._owe()

    def reply(self, text):
        """What it asked for; it goes on with its own work."""
        self._asking -= 1
        self._owe()
        if self.died is None:
            _post(self.number, text)

    def _tell(self):
        if self._waiting is not None:
            core.wake(self._waiting)

    def _over(self, why):
        if self.died is not None:
            return
        self.died = why
        self._owe()
        _alive.pop(self.number, None)
        trace.emit("process", 0, f"end {self.label}")
        _end(self.number)
        self._tell()

    def end(self, why="it was ended"):
        self._over(why)


# ------------------------------------------------------- under `multiprocessing`

class Popen:
    """What a `multiprocessing.Process` is started by (CPython's popen_spawn_posix)."""

    method = "spawn"

    def __init__(self, process):
        from multiprocessing import spawn
        spawn._check_not_importing_main()
        self._child = Child()
        self.pid = 1000 + self._child.number
        self.sentinel = self
        self.returncode = None
        # What may be pickled for a new process alone asks whether there is one.
        from multiprocessing.context import set_spawning_popen
        set_spawning_popen(self)
        try:
            self._child.request("process", process)
        except BaseException:
            self._child.end()
            raise
        finally:
            set_spawning_popen(None)
        _warm()

    def poll(self):
        return self.wait(0)

    def wait(self, timeout=None):
        if self.returncode is None:
            from . import clock
            try:
                if timeout == 0:
                    answer = self._child.poll()
                else:
                    answer = self._child.answer(-1.0 if timeout is None else clock.deadline(timeout))
            except ProcessDied as died:
                # Its own exception it has told itself.
                if str(died) != ENDED:
                    sys.stderr.write(str(died))
                answer = [CRASHED]
            if answer is None and self._child.died is not None:
                answer = [CRASHED]
            if answer is not None:
                self.returncode = answer[0]
                self._child.end()
        return self.returncode

    def terminate(self):
        if self.returncode is None and self.wait(0) is None:
            self.returncode = KILLED
            self._child.end()

    kill = terminate

    def interrupt(self):
        self.terminate()

    def duplicate_for_child(self, fd):
        raise NotImplementedError("there are no files to hand on here")

    def close(self):
        pass


# ---------------------------------------------------------- in the new process

def run_child(module, execute):
    """The whole life of a process: imports the program, then does as it is asked."""
    from multiprocessing import process, spawn  # noqa: F401
    process.current_process()._inheriting = True
    trace.emit("begin", 0, f"Process {core.prefix.strip('p.')}")
    sys.modules["__main__"] = sys.modules["__mp_main__"] = module
    execute()
    del process.current_process()._inheriting
    while True:
        core.park("process", box=PARENT)
        while mail := _take(PARENT):
            _hear(unpack(mail))


def _hear(message):
    from . import shared
    kind, *rest = message
    if kind == "reply":
        shared.heard(*rest)
    else:
        # A stack of its own, so that what it asks of its parent can be answered.
        core.spawn(lambda: _do(kind, rest), f"{core.prefix}0")


def _do(kind, rest):
    # To whoever looks on it is the process's main thread that works, and waits for
    # the next request.
    trace.emit("run", 0)
    if kind == "process":
        answer = pack(("done", rest[0]._bootstrap()))
    else:
        answer = _answer(*rest)
    trace.emit("wait", 0, "process")
    trace.flush()
    _post(0, answer)


def _answer(function, args, kwargs):
    try:
        result = function(*args, **kwargs)
    except BaseException as error:
        text = "".join(traceback.format_exception(error))
        try:
            return pack(("done", False, error, text))
        except Exception:
            return pack(("done", False, RuntimeError(f"{type(error).__name__}: {error}"), text))
    try:
        return pack(("done", True, result, ""))
    except Exception as error:
        return pack(("done", False, error, "".join(traceback.format_exception(error))))
