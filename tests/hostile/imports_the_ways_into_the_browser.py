# ends: ok
# says: all shut
# never: got out
names = ["js", "pyodide", "pyodide.code", "pyodide.ffi", "pyodide.http", "pyodide_js", "_pyodide", "_pyodide.ffi",
         "_pyodide_core", "micropip", "_wire", "webbrowser", "_emscripten"]
for name in names:
    try:
        __import__(name)
        print("got out:", name)
    except ImportError as error:
        assert name.partition(".")[0] in str(error)
print("all shut")
