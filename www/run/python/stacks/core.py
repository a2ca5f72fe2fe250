"""Stacks: which one runs, how one parks, and who wakes it.

All threads share one interpreter, as they do under CPython's lock: a stack runs
until it parks, and parks where a thread would wait, or when its slice is over.
Everything here that waits, in any module, does so by `park`.
"""
import _thread
import sys
from itertools import count

from .memory import tidy

ANSWER = "<answer>"
PACKAGE = __file__.rpartition("/")[0] + "/"


class Stack:
    """A thread, as far as this module cares."""

    __slots__ = ("ident", "label", "asker", "entry", "token", "woken", "hopeful", "why", "on", "line", "via")

    def __init__(self, ident, label):
        self.ident = ident
        self.label = label      # what events call it: "0" is the main thread
        self.asker = None       # the process for which it answers, if it does
        self.entry = None       # what it runs
        self.token = 0          # of the park it is in
        self.woken = False      # whether someone woke it, rather than the clock
        self.hopeful = False    # whether it will go on by itself
        self.why = ""           # what it waits for: a word
        self.on = None          # and the thing
        self.line = 0           # of the reader's program
        self.via = ""           # the library's function by which it does


MAIN = Stack(_thread.get_ident(), "0")
current = MAIN
alive = {MAIN.ident: MAIN}
prefix = ""
idents = count(MAIN.ident + 1)
labels = count(1)
tokens = count(1)
# How many stacks are ready, or parked until a time: as long as there is one, or
# anything is to come from outside, nobody waits in vain.
hopeful = 0


def get_ident():
    return current.ident


def name_of(stack):
    thread = sys.modules["threading"]._active.get(stack.ident)
    return thread.name if thread else f"Thread-{stack.label}"


def where():
    """The reader's line that runs, and the library's function that it called."""
    frame = sys._getframe(1)
    via = ""
    while frame is not None:
        code = frame.f_code
        if code.co_filename == ANSWER:
            return frame.f_lineno, via
        if not code.co_filename.startswith(PACKAGE):
            via = code.co_qualname
        frame = frame.f_back
    return 0, via


def line():
    return where()[0]


# `asyncio` knows its running loop by the interpreter's thread, of which there is
# one for all stacks: each stack takes its own along.
_get_loop = _set_loop = _swap_task = None
# From when a stack has said that it parks until it does, no slice may end:
# `run_sync` runs a line of asyncio in between.
is_parking = False


def follow_loops():
    global _get_loop, _set_loop, _swap_task
    import _asyncio
    _get_loop = _asyncio._get_running_loop
    _set_loop = _asyncio._set_running_loop
    _swap_task = _asyncio._swap_current_task


def connect(wire, run_sync, trace, in_vain, words):
    """Defines what parks, in closures: no name of this module leads to the wire."""
    global park, wake, pause, spawn, run, check
    wire_park, wire_wake, wire_pause, wire_spawn, expected = (
        wire.park, wire.wake, wire.pause, wire.spawn, wire.expected)
    gate = wire.gate
    # `run_sync` turns what it is given into a future of a running loop, unless it
    # is one. This is all that `asyncio.isfuture` asks for.
    type(gate)._asyncio_future_blocking = False
    emit, flush = trace.emit, trace.flush

    def switch():
        global current, is_parking
        me = current
        loop = _get_loop()
        task = None
        if loop is not None:
            task = _swap_task(loop, None)
            _set_loop(None)
        try:
            run_sync(gate)
        finally:
            is_parking = False
            current = me
            if loop is not _get_loop():
                _set_loop(None)
                _set_loop(loop)
            if loop is not None:
                _swap_task(loop, task)

    def park(why, on=None, *, until=-1.0, box=0, detail=None):
        """Parks the stack that runs until `wake`, that time, or mail in that box.

        Tells whether somebody woke it."""
        global hopeful, is_parking
        me = current
        me.token = next(tokens)
        me.woken = False
        me.why = why
        me.on = on
        me.line, me.via = where()
        emit("wait", me.line, detail or words.get(me.via, why))
        if until >= 0:
            hopeful += 1
            me.hopeful = True
        elif hopeful == 0 and expected() == 0:
            in_vain()
        flush()
        tidy()
        is_parking = True
        wire_park(me.token, until, box)
        switch()
        me.token = 0
        if me.hopeful:
            hopeful -= 1
            me.hopeful = False
        me.why = ""
        me.on = None
        emit("run", me.line)
        return me.woken

    def wake(stack):
        global hopeful
        if not stack.token or stack.woken:
            return
        stack.woken = True
        if not stack.hopeful:
            hopeful += 1
            stack.hopeful = True
        emit("ready", stack.line, "", stack)
        wire_wake(stack.token)

    def pause():
        """Lets everyone else have a turn, and what has come be heard."""
        global hopeful, is_parking
        me = current
        hopeful += 1
        flush()
        tidy()
        is_parking = True
        wire_pause(next(tokens))
        switch()
        hopeful -= 1

    def spawn(function, label=None):
        """A stack of its own for `function`, which is ready at once. One whose label
        is empty is none of the program's threads: no event tells of it."""
        global hopeful
        stack = Stack(next(idents), f"{prefix}{next(labels)}" if label is None else label)
        stack.entry = function
        alive[stack.ident] = stack
        hopeful += 1
        wire_spawn(stack.ident)
        return stack

    def run(ident):
        """The bottom of every stack but the main one."""
        global current, hopeful, is_parking
        is_parking = False
        current = stack = alive[ident]
        hopeful -= 1
        if _get_loop() is not None:
            _set_loop(None)
        function, stack.entry = stack.entry, None
        try:
            function()
        finally:
            del alive[ident]
            flush()
            if hopeful == 0 and expected() == 0:
                in_vain()

    def check():
        """Mail came that nobody waited for: can anyone go on?"""
        if hopeful == 0 and expected() == 0:
            in_vain()
