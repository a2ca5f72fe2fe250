# Runs CPython's own tests as a reader's program does, one after another, and says of
# each what became of it: lines that begin with SIGN. `pack.py` fills in what stands
# in ${…}.
import base64
import sys

ARCHIVE = "/tmp/cpython-tests.zip"
# A process that is started runs this too: it finds what it is sent by name.
with open(ARCHIVE, "wb") as file:
    file.write(base64.b64decode("""${archive}"""))
sys.path.insert(0, ARCHIVE)


def stand_in():
    """What the tests ask for and is not there, and has nothing to do with threads."""
    import types

    # In C, for semaphores and sockets of the system: `multiprocessing` does without.
    sys.modules.setdefault("_multiprocessing", types.ModuleType("_multiprocessing"))
    import concurrent.futures.process as processes
    import multiprocessing.util

    processes._check_system_limits = lambda: None
    # It ends servers of processes and of semaphores, of which there are none.
    multiprocessing.util._cleanup_tests = lambda: None
    # It takes a browser's Python for one without threads.
    from test.support import threading_helper

    threading_helper.can_start_thread = True


stand_in()


def flat(suite):
    import unittest

    for one in suite:
        if isinstance(one, unittest.TestSuite):
            yield from flat(one)
        else:
            yield one


def told(error, test):
    """The last line of what a test failed with, and where that was."""
    import traceback

    kind, value, trace = error
    text = traceback.format_exception_only(kind, value)[-1].strip().splitlines()[-1]
    frames = traceback.extract_tb(trace)
    inner = [frame for frame in frames if "/unittest/" not in frame.filename]
    at = inner[-1] if inner else frames[-1]
    return f"{text} ({at.filename.rpartition('/')[2]}:{at.lineno})"


def main(modules, wanted, seconds):
    import os
    import time
    import unittest
    import _thread

    class Result(unittest.TestResult):
        said = None

        def say(self, how, why=""):
            # The first is the reason; cleaning up may fail too.
            self.said = self.said or (how, why)

        def addError(self, test, error):
            self.say("error", told(error, test))

        def addFailure(self, test, error):
            self.say("failed", told(error, test))

        def addSkip(self, test, why):
            self.say("skipped", why)

        def addSubTest(self, test, part, error):
            if error is not None:
                self.say("failed", told(error, test))

        def addExpectedFailure(self, test, error):
            self.say("passed")

        def addUnexpectedSuccess(self, test):
            self.say("failed", "unexpected success")

        def addSuccess(self, test):
            pass

    out = sys.stdout

    def line(*parts):
        text = "\t".join(str(part).replace("\n", " ").replace("\t", " ")[:400] for part in parts)
        out.write(f"\n${sign}{text}\n")
        out.flush()

    tests = []
    for module in modules:
        name = f"test.{module}"
        try:
            found = unittest.defaultTestLoader.loadTestsFromName(name)
        except unittest.SkipTest as skip:
            line("module", name, "skipped", skip)
        except BaseException as error:
            line("module", name, "error", repr(error))
        else:
            tests.extend(flat(found))
    if wanted is None:
        for test in tests:
            line("test", test.id())
        return

    limit = [0.0]

    def watch():
        # Whatever hangs is left behind with its interpreter.
        while True:
            time.sleep(0.5)
            if time.monotonic() > limit[0]:
                line("over", now, "failed", f"it took more than {seconds} s")
                os._exit(1)

    by_name = {}
    for test in tests:
        by_name.setdefault(test.id(), test)
    limit[0] = time.monotonic() + seconds
    now = ""
    _thread.start_new_thread(watch, ())
    for now in wanted:
        limit[0] = time.monotonic() + seconds
        line("begins", now)
        result = Result()
        unittest.TestSuite([by_name[now]])(result)
        line("over", now, *(result.said or ("passed", "")))
    limit[0] = float("inf")
    line("done")


if __name__ == "__main__":
    main(${modules}, ${wanted}, ${seconds})
