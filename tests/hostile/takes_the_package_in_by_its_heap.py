# ends: ok, raised
# never: got out
import gc

# What the interpreter is to JavaScript, if it can be found: its memory, its files, its loader.
for thing in gc.get_objects():
    if not isinstance(thing, dict):
        continue
    for name in ("pyodide_js", "js", "_wire"):
        module = thing.get(name)
        for act in (lambda: module.runPython("1 + 1"), lambda: module._module.HEAPU8.length,
                    lambda: module.loadPackage("https://example.com/x.whl"), lambda: module.FS.readdir("/"),
                    lambda: module._api.public_api):
            try:
                print("found:", name, act())
            except BaseException:
                pass
print("went on")
