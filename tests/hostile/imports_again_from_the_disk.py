# ends: ok
# says: went on
# never: got out
import importlib
import importlib.machinery
import sys
import zipimport

places = [*sys.path, *[place for place in sys.path if place.endswith(".zip")]]
for name in ("pyodide", "_pyodide", "ctypes"):
    for find in (importlib.machinery.PathFinder.find_spec,
                 lambda name, path: zipimport.zipimporter(next(p for p in sys.path if p.endswith(".zip"))).find_spec(name)):
        try:
            spec = find(name, sys.path)
            module = importlib.util.module_from_spec(spec)
            sys.modules[name] = module
            spec.loader.exec_module(module)
            print(name, "is there")
        except BaseException as error:
            print(name, "is shut:", type(error).__name__)
for use in ("pyodide.code.run_js('self')", "pyodide.code.run_js('fetch')('https://example.com/')",
            "pyodide.ffi.create_once_callable(print)", "pyodide.http.pyfetch('https://example.com/').send(None)"):
    try:
        import pyodide
        print("got out:", eval(use))
    except BaseException as error:
        print("refused:", type(error).__name__)
print("went on")
