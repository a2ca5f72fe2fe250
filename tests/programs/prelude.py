"""Runs a reader's program at home as the page runs it, for the test that compares the two.

    python3 prelude.py PROGRAM

The test of `tests/harness/tests/e2e/programs.rs` calls this. The program is `__main__` of a
file `answer.py` (`<answer>` in the page), and has what the page gives it: `call` and `acall`
without an import, and `requests`, here over real HTTP. `SERVICES` says where the
services are (`http://127.0.0.1:7101`, any name below it); without it they are those of
`make services`. `LATENCIES` is JSON of what they take, by name. `REPORT` names a file for
what the output does not say: how long the program took and how it ended.
"""

import asyncio
import atexit
import builtins
import http.client
import json
import multiprocessing
import multiprocessing.process
import multiprocessing.spawn
import os
import shutil
import sys
import tempfile
import time
import types
from urllib.parse import urlencode, urlsplit, urlunsplit

# Not `<answer>`: of a file whose name stands in brackets CPython shows no lines.
ANSWER = "answer.py"

# What the page's free kitchen takes where a call does not say how long.
LATENCIES = {"user": 500, "billing": 800, "orders": 1200, **json.loads(os.environ.get("LATENCIES", "{}"))}
USUAL = 500

# The ports of `make services`.
PORTS = {"user": 7001, "billing": 7002, "orders": 7003}


class CallError(RuntimeError):
    """A service answered with an error."""

    # A traceback names what is not built in with its module.
    __module__ = "builtins"


def origin(name):
    """Where a service is: host and port."""
    services = os.environ.get("SERVICES")
    return urlsplit(services).netloc if services else f"127.0.0.1:{PORTS[name]}"


def target(name, ms, status):
    """What the service is asked for."""
    query = {"ms": LATENCIES.get(name, USUAL) if ms is None else ms}
    if status is not None:
        query["status"] = status
    return f"/{name}?{urlencode(query)}"


def understood(name, status, body):
    """What a call returns, or raises."""
    if status >= 400:
        raise CallError(f"{name}: HTTP {status}")
    return json.loads(body)


def call(name, ms=None, status=None, *, timeout=None):
    """Calls a service and waits for its answer, as the page's `call` does."""
    connection = http.client.HTTPConnection(origin(name), timeout=timeout)
    try:
        connection.request("GET", target(name, ms, status))
        response = connection.getresponse()
        return understood(name, response.status, response.read())
    except TimeoutError:
        raise TimeoutError(f"{name}: no answer within {timeout:g} s") from None
    finally:
        connection.close()


async def acall(name, ms=None, status=None, *, timeout=None):
    """The same for a coroutine: others go on meanwhile, and it can be cancelled."""
    async with asyncio.timeout(timeout):
        return await exchange(name, ms, status)


async def exchange(name, ms, status):
    host, port = origin(name).split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        asked = [f"GET {target(name, ms, status)} HTTP/1.1", f"Host: {host}", "Connection: close"]
        writer.write("\r\n".join([*asked, "", ""]).encode())
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
        return understood(name, int(head.split()[1]), body)
    finally:
        writer.close()


def bundled_requests():
    """The real library: pip brings one, so that nothing has to be installed for a test."""
    try:
        import requests
    except ImportError:
        import glob

        # Debian has pip's parts beside its Python, for `venv`.
        sys.path += sorted(glob.glob("/usr/share/python-wheels/pip-*.whl"))
        import pip._vendor.requests as requests
    for error in vars(requests.exceptions).values():
        # A traceback says where a class is from.
        if isinstance(error, type) and error.__module__.startswith("pip."):
            error.__module__ = error.__module__.replace("pip._vendor.", "")
    return requests


def requests_to_services():
    """`requests`, with every URL's last part taken for the name of a service, as in the page."""
    requests = bundled_requests()

    class ToServices(requests.adapters.HTTPAdapter):
        def send(self, request, **options):
            asked, there = request.url, urlsplit(request.url)
            name = there.path.rsplit("/", 1)[-1]
            if there.hostname.endswith(".invalid"):
                return super().send(request, **options)
            query = there.query
            if "ms=" not in query:
                query += f"&ms={LATENCIES.get(name, USUAL)}"
            request.url = urlunsplit(("http", origin(name), f"/{name}", query.strip("&"), ""))
            response = super().send(request, **options)
            response.url = request.url = asked
            return response

    usual = requests.Session.__init__

    def __init__(session):
        usual(session)
        session.trust_env = False
        for scheme in ("https://", "http://"):
            session.mount(scheme, ToServices())

    requests.Session.__init__ = __init__
    sys.modules["requests"] = requests
    sys.modules["requests.exceptions"] = requests.exceptions


def readers(trace):
    """A traceback from the reader's first line on: what is before it is this file's."""
    while trace and trace.tb_frame.f_code.co_filename != ANSWER:
        trace = trace.tb_next
    return trace


def show(kind, error, trace):
    """Prints as the interpreter does, which reads the traceback off the exception."""
    trace = readers(trace)
    sys.__excepthook__(kind, error.with_traceback(trace), trace)


def prepare(source):
    """Makes this interpreter, or a further process of it, the one that the page has."""
    for function in (call, acall):
        # Where a process that is handed it finds it too.
        function.__module__ = "builtins"
        setattr(builtins, function.__name__, function)
    # Only what is imported may take the program's time, and only in processes that need it.
    if "requests" in source:
        requests_to_services()
    # Both are one pipe, and are read as they are written in a terminal.
    sys.stdout.reconfigure(line_buffering=True)


def become_child(folder):
    """Begins a further process; `multiprocessing` then runs the program there as `__mp_main__`."""
    os.chdir(folder)
    with open(ANSWER, encoding="utf-8") as program:
        prepare(program.read())


def spawn_as_the_page_does(folder):
    """Processes that begin anew and import the program: spawn, not a copy of this process."""

    def command_line(**pipes):
        begin = "; ".join([
            "import runpy",
            f"runpy.run_path({__file__!r}, run_name='prelude')['become_child']({folder!r})",
            "from multiprocessing.spawn import spawn_main",
            f"spawn_main({', '.join(f'{name}={value!r}' for name, value in pipes.items())})",
        ])
        return [sys.executable, "-c", begin, "--multiprocessing-fork"]

    multiprocessing.spawn.get_command_line = command_line
    multiprocessing.set_start_method("spawn")
    # Or the program's file would be known by its whole path.
    multiprocessing.process.ORIGINAL_DIR = None


def main(path):
    with open(path, encoding="utf-8") as program:
        source = program.read()
    folder = tempfile.mkdtemp()
    with open(os.path.join(folder, ANSWER), "w", encoding="utf-8") as program:
        program.write(source)
    os.chdir(folder)
    sys.path[0], sys.argv, sys.excepthook = folder, [ANSWER], show
    prepare(source)
    spawn_as_the_page_does(folder)

    answer = types.ModuleType("__main__")
    answer.__file__ = ANSWER
    # What a process sends back is of the second name.
    sys.modules["__main__"] = sys.modules["__mp_main__"] = answer
    report = {"outcome": "ok"}

    # Whatever is registered first is called last: after the threads have been joined, and
    # after all that the program has registered.
    @atexit.register
    def over():
        report["ms"] = (time.perf_counter() - start) * 1000
        shutil.rmtree(folder, ignore_errors=True)
        if "REPORT" in os.environ:
            with open(os.environ["REPORT"], "w", encoding="utf-8") as file:
                json.dump(report, file)

    start = time.perf_counter()
    try:
        exec(compile(source, ANSWER, "exec", dont_inherit=True), answer.__dict__)
    except SystemExit:
        report["outcome"] = "exit"
        raise
    except BaseException:
        report["outcome"] = "raised"
        raise


if __name__ == "__main__":
    main(os.path.abspath(sys.argv[1]))
