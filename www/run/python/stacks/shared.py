"""What processes share: queues, locks, events, values. The thing itself is in the
program's first process; others have a stand-in that asks for each method. `doors`
puts these under `multiprocessing`'s names, and `processes` carries the questions."""
import queue
import threading
from functools import partial
from itertools import count

from . import core, processes

_things = {}        # number: the thing, in the first process
_numbers = count(1)
_asked = {}         # number of a question: [the stack that asked, the answer]
_questions = count(1)

# What each kind is made of (looked up late: `threads` puts other ones in their
# place), and what may be asked of it.
_LOCK = ("acquire", "release", "locked")
_QUEUE = ("put", "get", "put_nowait", "get_nowait", "qsize", "empty", "full")
KINDS = {
    "Queue": (lambda: queue.Queue, _QUEUE),
    "JoinableQueue": (lambda: queue.Queue, (*_QUEUE, "task_done", "join")),
    "SimpleQueue": (lambda: queue.SimpleQueue, ("put", "get", "empty", "qsize")),
    "Lock": (lambda: threading.Lock, _LOCK),
    "Semaphore": (lambda: threading.Semaphore, ("acquire", "release")),
    "BoundedSemaphore": (lambda: threading.BoundedSemaphore, ("acquire", "release")),
    "Event": (lambda: threading.Event, ("wait", "set", "clear", "is_set")),
    "Barrier": (lambda: threading.Barrier, ("wait", "reset", "abort")),
}


class _Value:
    def __init__(self, value):
        self.value = value

    def get(self):
        return self.value

    def set(self, value):
        self.value = value


class _RLock:
    """Its owner is a thread here, or a whole process elsewhere."""

    def __init__(self):
        self._lock = threading.Lock()
        self._owner = None
        self._count = 0

    def acquire(self, block=True, timeout=None):
        me = core.current.asker or core.current
        if self._owner is not me:
            if not self._lock.acquire(block, -1 if timeout is None else timeout):
                return False
            self._owner = me
        self._count += 1
        return True

    def release(self):
        if self._owner is not (core.current.asker or core.current):
            raise AssertionError("attempt to release recursive lock not owned by thread")
        self._count -= 1
        if not self._count:
            self._owner = None
            self._lock.release()

    def locked(self):
        return self._lock.locked()


KINDS["RLock"] = (lambda: _RLock, _LOCK)
KINDS["Value"] = (lambda: _Value, ("get", "set"))


class Shared:
    """One of those things, here or in the first process."""

    def __init__(self, kind, *args, **kwargs):
        self._kind = kind
        self._number = next(_numbers)
        _things[self._number] = (KINDS[kind][0]()(*args, **kwargs), kind)

    def __getattr__(self, name):
        if name.startswith("_") or name not in KINDS[self._kind][1]:
            raise AttributeError(f"{self._kind!r} object has no attribute {name!r}")
        return partial(_do, self, name)

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc):
        self.release()

    # What `multiprocessing`'s queues have and need not do here.
    def close(self):
        pass

    join_thread = cancel_join_thread = close

    @property
    def _reader(self):
        return self

    def __reduce__(self):
        return _rebuilt, (self._kind, self._number, type(self))

    def __repr__(self):
        return f"<multiprocessing {self._kind} {self._number}>"


class Value(Shared):
    def __init__(self, value):
        super().__init__("Value", value)
        self._lock = Shared("RLock")

    value = property(lambda self: self.get(), lambda self, value: self.set(value))

    def get_lock(self):
        return self._lock

    def get_obj(self):
        return self

    def __reduce__(self):
        return _rebuilt_value, (self._number, self._lock)


def _do(thing, name, *args, **kwargs):
    if core.prefix:
        return _ask(thing._number, name, args, kwargs)
    return getattr(_things[thing._number][0], name)(*args, **kwargs)


def _rebuilt(kind, number, cls):
    thing = cls.__new__(cls)
    thing.__dict__.update(_kind=kind, _number=number)
    return thing


def _rebuilt_value(number, lock):
    thing = _rebuilt("Value", number, Value)
    thing._lock = lock
    return thing


def _ask(number, name, args, kwargs):
    question = next(_questions)
    mine = _asked[question] = [core.current, None]
    processes._post(0, processes.pack(("ask", question, number, name, args, kwargs)))
    while mine[1] is None:
        core.park("process", until=-1.0)
    del _asked[question]
    is_good, value = mine[1]
    if not is_good:
        raise value
    return value


def heard(question, is_good, value):
    """The answer to a question, in the process that asked."""
    asked = _asked.get(question)
    if asked:
        asked[1] = (is_good, value)
        core.wake(asked[0])


def answer(child, question, number, name, args, kwargs):
    """Answers it in a stack of its own: it may have to wait."""
    def bottom():
        try:
            thing, kind = _things[number]
            if name not in KINDS[kind][1]:
                raise AttributeError(name)
            core.current.asker = child
            found = (True, getattr(thing, name)(*args, **kwargs))
        except BaseException as error:
            found = (False, error)
        child.reply(processes.pack(("reply", question, *found)))
    core.spawn(bottom, "")
