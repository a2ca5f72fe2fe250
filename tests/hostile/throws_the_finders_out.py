# ends: ok
# says: went on
# never: got out
import importlib
import sys

class Everything(dict):
    def __missing__(self, name):
        raise KeyError(name)

sys.meta_path[:] = [finder for finder in sys.meta_path if isinstance(finder, type) and "Builtin" in finder.__name__]
sys.path_hooks.clear()
sys.path_importer_cache.clear()
importlib.invalidate_caches()
for name in ("js", "pyodide", "pyodide_js", "_pyodide_core", "_wire"):
    try:
        module = importlib.import_module(name)
    except ImportError as error:
        print(name, "is shut")
        continue
    for use in ("eval('self')", "fetch('https://example.com/')", "runPython('1')", "_module.HEAPU8", "emit('')"):
        try:
            print("got out:", name, eval("module." + use))
        except BaseException:
            pass
print("went on")
