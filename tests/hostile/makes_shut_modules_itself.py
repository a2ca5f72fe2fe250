# ends: ok
# says: went on
# never: got out
import _imp
import importlib.machinery as machinery

for name in ("_ctypes", "_pyodide_core", "_emscripten", "_wire", "js"):
    for load in (lambda spec: _imp.create_builtin(spec),
                 lambda spec: machinery.BuiltinImporter.load_module(spec.name),
                 lambda spec: machinery.FrozenImporter.load_module(spec.name)):
        try:
            module = load(machinery.ModuleSpec(name, machinery.BuiltinImporter))
        except BaseException as error:
            print(name, "is shut:", type(error).__name__)
            continue
        for made in vars(module or object).values():
            for code in ("self", "fetch('https://example.com/')", "postMessage('x')"):
                try:
                    print("got out:", made.constructor(f"return {code}")())
                except BaseException:
                    pass
print("went on")
