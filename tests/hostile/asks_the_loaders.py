# ends: ok
# says: went on
# never: got out
import importlib
import sys

for module in list(sys.modules.values()):
    for loader in (getattr(module, "__loader__", None), getattr(getattr(module, "__spec__", None), "loader", None)):
        for name in ("js", "pyodide_js", "_wire"):
            for act in (lambda: loader.load_module(name), lambda: loader.find_spec(name).loader.load_module(name),
                        lambda: loader.exec_module(type(sys)(name)), lambda: loader.jsproxy, lambda: loader.jsproxies):
                try:
                    got = act()
                    if got is not None:
                        print("got out:", got.fetch("https://example.com/"))
                except BaseException:
                    pass
print("went on")
