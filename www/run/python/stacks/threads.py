"""What `threading` needs of `_thread`, for stacks: start, join, identity, and what
is done about threads at the end. `shell` installs it."""
import _thread
import sys
import threading

from . import clock, core, limits, trace
from .limits import LIMITS
from .locks import RLock, lock

_error = RuntimeError


class _ThreadHandle:
    """Of a thread that can be joined: new, then running, then done."""

    def __init__(self):
        self.ident = 0
        self._stack = None
        self._is_done = False
        self._joining = []

    def is_done(self):
        return self._is_done

    def _set_done(self):
        self._is_done = True
        joining, self._joining = self._joining, []
        for stack in joining:
            core.wake(stack)

    def join(self, timeout=None, /):
        if not self.ident:
            raise _error("thread not started")
        if self._is_done:
            return
        if self.ident == core.current.ident:
            raise _error("Cannot join current thread")
        until = -1.0 if timeout is None or timeout < 0 else clock.deadline(timeout)
        self._joining.append(core.current)
        if not core.park("join", self, until=until) and core.current in self._joining:
            self._joining.remove(core.current)

    def __repr__(self):
        return f"<_ThreadHandle object: ident={self.ident}>"


_ThreadHandle.__module__ = "_thread"
# Of the threads that the program's end waits for, as CPython's list of them.
_joined_at_end = []


def _start(function, handle, daemon, args=(), kwargs={}):
    if len(core.alive) > LIMITS["threads"]:
        limits.limit(f"The program has more than {LIMITS['threads']:,} threads at once.")

    def bottom():
        thread = getattr(function, "__self__", None)
        name = thread.name if isinstance(thread, threading.Thread) else core.name_of(core.current)
        trace.emit("begin", 0, str(name)[:200])
        try:
            function(*args, **kwargs)
        except SystemExit:
            pass
        except BaseException as error:
            error.__traceback__ = error.__traceback__.tb_next
            sys.unraisablehook(_Unraisable((type(error), error, error.__traceback__,
                                            "Exception ignored in thread started by", function)))
        finally:
            trace.emit("end", 0)
            if not daemon:
                _joined_at_end.remove(handle)
            handle._set_done()

    stack = core.spawn(bottom)
    handle.ident = stack.ident
    handle._stack = stack
    if not daemon:
        _joined_at_end.append(handle)
    return stack.ident


class _Unraisable(tuple):
    exc_type, exc_value, exc_traceback, err_msg, object = (
        property(lambda self, at=at: self[at]) for at in range(5))


def start_joinable_thread(function, handle=None, daemon=True):
    handle = handle or _ThreadHandle()
    _start(function, handle, daemon)
    return handle


def start_new_thread(function, args, kwargs={}, /):
    if not callable(function):
        raise TypeError("first arg must be callable")
    if not isinstance(args, tuple):
        raise TypeError("2nd arg must be a tuple")
    if not isinstance(kwargs, dict):
        raise TypeError("optional 3rd arg must be a dictionary")
    return _start(function, _ThreadHandle(), True, args, kwargs)


def make_thread_handle(ident, /):
    handle = _ThreadHandle()
    handle.ident = ident
    handle._stack = core.alive[ident]
    return handle


def shutdown():
    """Joins what is no daemon: the end of `threading._shutdown`."""
    while _joined_at_end:
        _joined_at_end[0].join()


def install():
    given = dict(
        allocate_lock=lock, allocate=lock, lock=lock, LockType=lock, RLock=RLock,
        get_ident=core.get_ident, get_native_id=core.get_ident,
        start_joinable_thread=start_joinable_thread,
        start_new_thread=start_new_thread, start_new=start_new_thread,
        _ThreadHandle=_ThreadHandle, _make_thread_handle=make_thread_handle,
        _shutdown=shutdown, _count=lambda: len(core.alive) - 1)
    for name, value in given.items():
        setattr(_thread, name, value)
    # `threading` was imported before: what it took of `_thread` under names of its own.
    renamed = dict(_allocate_lock=lock, Lock=lock, _LockType=lock, _CRLock=RLock,
                   _start_joinable_thread=start_joinable_thread, _thread_shutdown=shutdown,
                   get_ident=core.get_ident, _ThreadHandle=_ThreadHandle,
                   _make_thread_handle=make_thread_handle)
    for name, value in renamed.items():
        if not hasattr(threading, name):
            raise ImportError(f"threading has no {name}: this is not the CPython that it is for")
        setattr(threading, name, value)
    threading._active_limbo_lock = threading.RLock()
    threading._set_name = None
    # This platform has no such thing; Linux does, and programs print it.
    threading.get_native_id = core.get_ident
    threading.Thread.native_id = property(lambda self: self._ident)
    main = threading.main_thread()
    main._os_thread_handle = make_thread_handle(core.MAIN.ident)
    main._ident = core.MAIN.ident
    threading._active.clear()
    threading._active[core.MAIN.ident] = main
    # The one in C keeps its values by the interpreter's thread, which stacks share.
    import _threading_local
    _threading_local.RLock = RLock
    _threading_local.current_thread = threading.current_thread
    threading.local = _thread._local = _threading_local.local
    # So does the queue in C with its waiting: CPython's own in Python.
    import queue
    import _queue
    queue.SimpleQueue = _queue.SimpleQueue = queue._PySimpleQueue
    queue._PySimpleQueue.__name__ = queue._PySimpleQueue.__qualname__ = "SimpleQueue"
    # Of modules that were imported before and have locks of the old kind.
    import concurrent.futures._base  # noqa: F401
    import concurrent.futures.thread as pools
    pools._global_shutdown_lock = lock()
