"""What a program imports: which modules are not for it, and which get something
else put under them. `shell` installs it, last of all."""
import importlib.machinery
import importlib.util
import sys

from . import pools, processes, shared

# The ways from Python into the browser, and to a machine that is not there.
SHUT = {
    "js", "pyodide", "pyodide_js", "_pyodide", "_pyodide_core", "micropip", "_wire", "ctypes", "_ctypes",
    "webbrowser", "_emscripten",
}


class _After:
    """A loader that has something done to the module once it is loaded."""

    def __init__(self, loader, then):
        self._loader = loader
        self._then = then

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        self._loader.exec_module(module)
        self._then(module)

    def __getattr__(self, name):
        return getattr(self._loader, name)


class _ProcessPools:
    """The module concurrent.futures.process, which CPython's own needs pipes for."""

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.ProcessPoolExecutor = pools.ProcessPoolExecutor
        module.BrokenProcessPool = pools.BrokenProcessPool
        module.EXTRA_QUEUED_CALLS = 1


def _context(context):
    made = {name: (lambda self, *args, _name=name, **kwargs: shared.Shared(_name, *args, **kwargs))
            for name in shared.KINDS if name != "Value"}

    def value(self, kind, *args, lock=True):
        return shared.Value(args[0] if args else 0)

    def pool(self, *args, **kwargs):
        from multiprocessing.pool import ProcessPool
        return ProcessPool(*args, **kwargs)

    def lacks(name):
        def missing(self, *args, **kwargs):
            raise NotImplementedError(f"multiprocessing.{name} is not there in this page: there are Process, Pool, "
                                      "Queue, Lock, Event, Semaphore, Barrier and Value")
        return missing

    made.update(Value=value, Pool=pool)
    made.update({name: lacks(name) for name in ("Manager", "Pipe", "Array", "RawArray", "RawValue", "Condition")})
    for name, method in made.items():
        setattr(context.BaseContext, name, method)
    for process in (context.SpawnProcess, context.ForkServerProcess):
        process._Popen = staticmethod(processes.Popen)
    context.ForkServerContext._check_available = lambda self: None
    del context._concrete_contexts["fork"]


_AFTER = {"multiprocessing.context": _context, "multiprocessing.pool": pools.patch}


class _Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.partition(".")[0] in SHUT:
            raise ModuleNotFoundError(f"No module named {name!r}: a program in this page reaches nothing but its services",
                                      name=name)
        if name == "concurrent.futures.process":
            return importlib.util.spec_from_loader(name, _ProcessPools())
        if name in _AFTER:
            spec = importlib.machinery.PathFinder.find_spec(name, path)
            spec.loader = _After(spec.loader, _AFTER[name])
            return spec
        return None


def install(cores):
    import os
    os.cpu_count = os.process_cpu_count = lambda: cores
    for name in list(sys.modules):
        if name.partition(".")[0] in SHUT:
            del sys.modules[name]
    sys.meta_path[:] = [finder for finder in sys.meta_path if not type(finder).__module__.startswith("_pyodide")]
    sys.meta_path.insert(0, _Finder)
