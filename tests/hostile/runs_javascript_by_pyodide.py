# ends: raised
# says: ModuleNotFoundError
# never: got out
from pyodide.code import run_js
run_js("self.postMessage('got out')")
