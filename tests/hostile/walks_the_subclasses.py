# ends: ok
# says: went on
# never: got out
seen = set()

def walk(kind):
    for one in type.__subclasses__(kind):
        if one in seen:
            continue
        seen.add(one)
        walk(one)

walk(object)
for kind in sorted(seen, key=str):
    if "Js" in kind.__name__ or "odide" in kind.__module__:
        for make in (lambda: kind(), lambda: kind("fetch"), lambda: kind.__new__(kind), lambda: object.__new__(kind),
                     lambda: kind.constructor("return self")()):
            try:
                made = make()
                made.fetch("https://example.com/")
                print("got out:", kind)
            except BaseException:
                pass
    if kind.__name__ in ("Popen", "FileLoader", "catch_warnings"):
        try:
            kind(["echo", "got out"])
        except BaseException:
            pass
print("went on")
