"""The event loop: CPython's own (`asyncio.BaseEventLoop`), on a selector that parks
the stack until the next timer or the next answer. `shell` installs it.

So the order of callbacks, the debug messages, `asyncio.run` from any thread, and
that a blocking call in a coroutine blocks the whole loop, are CPython's.
"""
import asyncio
import threading
from asyncio import base_events, events

from . import clock, core, services


class _Selector:
    """Waits for nothing but answers to calls: there are no files or sockets here."""

    def __init__(self):
        self.box = services.new_box()
        self.asked = {}         # id of a call: the future of its answer
        self.stack = None       # that is parked here
        self.is_woken = False

    def select(self, timeout):
        arrived = self._arrived()
        if not arrived and not self.is_woken and (timeout is None or timeout > 0):
            until = -1.0 if timeout is None else clock.deadline(timeout)
            self.stack = core.current
            core.park("event loop", self, until=until, box=self.box)
            self.stack = None
            arrived = self._arrived()
        self.is_woken = False
        return arrived

    def _arrived(self):
        arrived = []
        if self.asked:
            while mail := services.take(self.box):
                arrived.append(mail)
        return arrived

    def wake(self):
        self.is_woken = True
        if self.stack is not None:
            core.wake(self.stack)


class EventLoop(base_events.BaseEventLoop):
    def __init__(self):
        super().__init__()
        self._selector = _Selector()

    def ask(self, name, options):
        """Sends a call; the future of its answer, which gives it up if cancelled."""
        id = services.send(self._selector.box, name, options)
        future = self.create_future()
        self._selector.asked[id] = future
        future.add_done_callback(lambda future: self._gave_up(id, future))
        return future

    def _gave_up(self, id, future):
        if self._selector.asked.pop(id, None) is not None:
            services.abort(id)

    def _process_events(self, arrived):
        for mail in arrived:
            answer = services.json.loads(mail)
            future = self._selector.asked.pop(answer["id"], None)
            if future is None or future.done():
                continue
            try:
                future.set_result(services.answer_of(answer))
            except services.CallError as error:
                future.set_exception(error)

    def _write_to_self(self):
        self._selector.wake()

    def close(self):
        if self.is_running():
            raise RuntimeError("Cannot close a running event loop")
        if not self.is_closed():
            services.shut(self._selector.box)
        super().close()


# What `asyncio` itself calls the loop that a Unix system gives, in its messages.
EventLoop.__name__ = EventLoop.__qualname__ = "_UnixSelectorEventLoop"
EventLoop.__module__ = "asyncio.unix_events"


class _Policy(events._BaseDefaultEventLoopPolicy):
    _loop_factory = EventLoop

    def __init__(self):
        # As its base, but the local of stacks.
        self._local = threading.local()
        self._local._loop = None

    def get_event_loop(self):
        if getattr(self._local, "_loop", None) is None:
            raise RuntimeError(f"There is no current event loop in thread {threading.current_thread().name!r}.")
        return self._local._loop


def install():
    # Pyodide has put a loop of its own in place, which runs callbacks when the
    # browser does, one coroutine's blocking call beside another's callbacks.
    from asyncio import runners
    asyncio.run = runners.run
    events._set_event_loop_policy(_Policy())
    events._set_running_loop(None)
    asyncio.SelectorEventLoop = asyncio.EventLoop = EventLoop
    asyncio.new_event_loop = events.new_event_loop
    core.follow_loops()
