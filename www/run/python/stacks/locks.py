"""`_thread.lock` and `_thread.RLock`, for stacks. `shell` installs them.

As CPython 3.14's (Python/lock.c): who comes while it is free has it, even if
another was woken for it; but who has waited for over a millisecond is handed it.
"""
import _thread
from collections import deque

from . import clock, core

FAIR_MS = 1.0
TIMEOUT_MAX = _thread.TIMEOUT_MAX


class _Waiter:
    __slots__ = ("stack", "fair_at", "has_it")


def _check(blocking, timeout):
    if not blocking and timeout != -1:
        raise ValueError("can't specify a timeout for a non-blocking call")
    if timeout < 0 and timeout != -1:
        raise ValueError("timeout value must be a non-negative number")
    if timeout > TIMEOUT_MAX:
        raise OverflowError("timeout value is too large")


class lock:
    __slots__ = ("_owner", "_waiters", "__weakref__")

    def __init__(self):
        self._owner = None      # the stack that took it; CPython does not know, the watchdog must
        self._waiters = None

    def __init_subclass__(cls):
        raise TypeError("type '_thread.lock' is not an acceptable base type")

    def acquire(self, blocking=True, timeout=-1):
        if timeout != -1 or not blocking:
            _check(blocking, timeout)
        if self._owner is None:
            self._owner = core.current
            return True
        if not blocking or timeout == 0:
            return False
        until = -1.0 if timeout == -1 else clock.deadline(timeout)
        waiter = _Waiter()
        waiter.stack = core.current
        waiter.fair_at = clock.now() + FAIR_MS
        waiter.has_it = False
        if self._waiters is None:
            self._waiters = deque()
        while True:
            self._waiters.append(waiter)
            woken = core.park("lock", self, until=until)
            if waiter.has_it:
                return True
            if not woken:
                self._waiters.remove(waiter)
                return False
            if self._owner is None:
                self._owner = core.current
                return True
            if 0 <= until <= clock.now():
                return False

    def release(self):
        if self._owner is None:
            raise RuntimeError("release unlocked lock")
        if not self._waiters:
            self._owner = None
            return
        waiter = self._waiters.popleft()
        if clock.now() > waiter.fair_at:
            waiter.has_it = True
            self._owner = waiter.stack
        else:
            self._owner = None
        core.wake(waiter.stack)

    def locked(self):
        return self._owner is not None

    def _at_fork_reinit(self):
        self.__init__()

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc):
        self.release()

    acquire_lock, release_lock, locked_lock = acquire, release, locked

    def __repr__(self):
        state = "unlocked" if self._owner is None else "locked"
        return f"<{state} _thread.lock object at {id(self):#x}>"


class RLock:
    # `threading` asks a subclass of it for its weak references and attributes.
    __slots__ = ("_block", "_count", "__weakref__")

    def __init__(self):
        self._block = lock()
        self._count = 0

    def acquire(self, blocking=True, timeout=-1):
        if self._block._owner is core.current:
            self._count += 1
            return True
        if self._block.acquire(blocking, timeout):
            self._count = 1
            return True
        return False

    def release(self):
        if self._block._owner is not core.current:
            raise RuntimeError("cannot release un-acquired lock")
        self._count -= 1
        if not self._count:
            self._block.release()

    def locked(self):
        return self._block.locked()

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *exc):
        self.release()

    # What `threading.Condition` does to let go of all of it while it waits.
    def _release_save(self):
        if not self._count:
            raise RuntimeError("cannot release un-acquired lock")
        count, self._count = self._count, 0
        self._block.release()
        return count

    def _acquire_restore(self, count):
        self._block.acquire()
        self._count = count

    def _recursion_count(self):
        return self._count if self._is_owned() else 0

    def _is_owned(self):
        return self._block._owner is core.current

    def _at_fork_reinit(self):
        self.__init__()

    def __repr__(self):
        owner = self._block._owner
        state = "locked" if owner else "unlocked"
        return (f"<{state} _thread.RLock object owner={owner.ident if owner else 0} "
                f"count={self._count} at {id(self):#x}>")


def _not_to_be_pickled(self):
    raise TypeError(f"cannot pickle '_thread.{type(self).__name__}' object")


for _class in (lock, RLock):
    _class.__module__ = "_thread"
    _class.__reduce__ = _not_to_be_pickled
