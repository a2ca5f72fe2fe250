"""Packs CPython's own tests, and what of its library the page does without, for a
program: prints a zip archive, base64.

    python3 pack.py PYTHON_STDLIB_ZIP TESTS MODULE…

`TESTS` is a folder that has `test/`; `MODULE` names a file in it, without its ending.
"""

import base64
import io
import pathlib
import sys
import zipfile

# Of the library as Pyodide packs it: the same version as the interpreter's.
LIBRARY = ("unittest/", "_pyrepl/", "getpass.py", "doctest.py", "pdb.py", "bdb.py", "cmd.py", "code.py", "rlcompleter.py")
TESTS = ("__init__", "lock_tests", "support/*")


def main(library, tests, *modules):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        with zipfile.ZipFile(library) as whole:
            for name in whole.namelist():
                if name.endswith(".py") and name.startswith(LIBRARY):
                    archive.writestr(name, whole.read(name))
        folder = pathlib.Path(tests)
        for module in (*TESTS, *modules):
            for path in sorted(folder.glob(f"test/{module}.py")):
                archive.writestr(str(path.relative_to(folder)), path.read_bytes())
    print(base64.encodebytes(packed.getvalue()).decode())


if __name__ == "__main__":
    main(*sys.argv[1:])
