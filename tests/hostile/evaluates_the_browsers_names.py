# ends: ok
# says: went on
# never: got out
for name in ("window", "document.cookie", "self", "globalThis", "fetch('x')", "localStorage", "parent.document",
             "top.location", "Pyodide", "_module", "__wire__", "eval.constructor('return self')()"):
    for way in (eval, exec):
        try:
            print("got out:", way(name))
        except (NameError, AttributeError, SyntaxError) as error:
            pass
print("went on")
