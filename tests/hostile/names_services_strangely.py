# ends: ok
# says: the end
for name in ("", "x" * 41, 7, None, b"user", ["user"], "\0", "\n", "\t0\tend\t0\t", "💥" * 20, "\ud800", "__proto__",
             "constructor", "..", "/", "//example.com", "user?ms=0", "user ", "%00", "CON"):
    try:
        call(name, ms=1)
    except Exception as error:
        assert type(error).__name__ in ("TypeError", "ValueError", "CallError", "UnicodeEncodeError"), error
for options in (dict(ms=-1), dict(ms=10**12), dict(ms=float("nan")), dict(ms="1"), dict(status=99), dict(status=10**9),
                dict(timeout=-1), dict(ms=True), dict(ms=float("inf"))):
    try:
        call("user", **options)
        print("taken:", options)
    except (TypeError, ValueError, TimeoutError):
        pass
print("the end")
