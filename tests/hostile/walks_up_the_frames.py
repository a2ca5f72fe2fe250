# ends: ok, raised, broken
# never: got out
import sys

seen = []
def up(frame):
    while frame is not None:
        seen.append(frame)
        frame = frame.f_back

up(sys._getframe())
for frame in sys._current_frames().values():
    up(frame)
try:
    call("no\0ne", ms=float("nan"))
except Exception as error:
    at = error.__traceback__
    while at is not None:
        up(at.tb_frame)
        at = at.tb_next
for frame in seen:
    for names in (frame.f_globals, frame.f_locals, frame.f_builtins):
        for name, value in list(names.items()):
            for wanted in ("self", "fetch('https://example.com/')", "document.cookie", "localStorage.length"):
                try:
                    print("got out:", name, value.constructor(f"return {wanted}")())
                except BaseException:
                    pass
print("went on")
