"""What the program did and when, as lines of text for the page: threads that begin,
wait and go on, the reader's lines, what was printed. Every module tells it."""
import sys
from time import perf_counter

from . import core, limits
from .limits import LIMITS

LINES_OF_EVENTS = 50_000    # lines are dropped first
HITS = 200                  # of one line; from there on it costs nothing
MOST_TEXT = 16 * 1024       # of one event; the wire takes 64 KiB at a time
ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})

began = 0.0                 # on the clock of `perf_counter`
# Without, nothing but what is printed is told: so is measured what recording costs.
is_recorded = True
_events = []                # (when, thread, kind, line, detail), not yet told
_count = 0
_output = 0
_monitoring = sys.monitoring
_TOOL = 4                   # one of the two numbers that no known tool claims


def emit(kind, line, detail="", stack=None):
    global _count
    label = (stack or core.current).label
    if not label or not (is_recorded or kind in ("out", "err")):
        return
    _count += 1
    _events.append((perf_counter(), label, kind, line, detail))
    if _count > LIMITS["events"]:
        _count = 0
        limits.limit(f"The program did more than {LIMITS['events']:,} things that are recorded: waits, wake-ups, threads.")


def write(kind, text):
    """Something printed: what one thread prints in one go is one event."""
    global _output
    _output += len(text)
    last = _events[-1] if _events else None
    if last and last[2] == kind and last[1] == core.current.label and len(last[4]) + len(text) < MOST_TEXT:
        _events[-1] = (*last[:4], last[4] + text)
    else:
        for at in range(0, min(len(text), LIMITS["output"]), MOST_TEXT):
            emit(kind, core.line(), text[at:at + MOST_TEXT])
    if _output > LIMITS["output"]:
        _output = 0
        limits.limit(f"The program printed more than {LIMITS['output'] // 1024:,} KiB.")


def connect(wire):
    global flush
    tell = wire.emit

    def flush():
        if not _events:
            return
        told = "".join([
            f"{(when - began) * 1000:.2f}\t{thread}\t{kind}\t{line}\t{detail.translate(ESCAPED) if detail else ''}\n"
            for when, thread, kind, line, detail in _events])
        _events.clear()
        tell(told)


# ------------------------------------------------------------------------ lines

_hits = {}
_lines = 0


def _on_line(code, line):
    global _lines
    _lines += 1
    _events.append((perf_counter(), core.current.label, "line", line, ""))
    hits = _hits[line] = _hits.get(line, 0) + 1
    if _lines > LINES_OF_EVENTS:
        _monitoring.set_events(_TOOL, 0)
        if _lines == LINES_OF_EVENTS + 1:
            _events.append((perf_counter(), core.current.label, "line", line, "the last that is recorded"))
        return _monitoring.DISABLE
    if hits >= HITS:
        return _monitoring.DISABLE


def _codes(code):
    yield code
    for const in code.co_consts:
        if isinstance(const, type(code)):
            yield from _codes(const)


def follow(code):
    """From here on, the lines of that code are told."""
    if not is_recorded:
        return
    _monitoring.use_tool_id(_TOOL, "stacks")
    _monitoring.register_callback(_TOOL, _monitoring.events.LINE, _on_line)
    for one in _codes(code):
        _monitoring.set_local_events(_TOOL, one, _monitoring.events.LINE)
