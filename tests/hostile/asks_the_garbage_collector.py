# ends: ok, raised, broken
# never: got out
import gc

proxies = [thing for thing in gc.get_objects() if "Js" in type(thing).__name__]
for holder in gc.get_objects():
    for thing in gc.get_referents(holder):
        if "JsProxy" in type(thing).__name__ or type(thing).__module__.startswith(("pyodide", "_pyodide")):
            proxies.append(thing)
for thing in proxies[:500]:
    for wanted in ("self", "fetch('https://example.com/')", "new WebSocket('wss://example.com/')", "postMessage('x')"):
        try:
            print("got out:", thing.constructor(f"return {wanted}")())
        except BaseException:
            pass
    for name in ("fetch", "XMLHttpRequest", "postMessage", "indexedDB", "document", "navigator", "importScripts"):
        try:
            print("got out:", getattr(thing, name)("https://example.com/"))
        except BaseException:
            pass
print("went on")
