// Compiles the modules of Python's library that an interpreter loads when it starts,
// by that very interpreter: most of its start would be spent with it otherwise, in
// each of a program's processes again. `compiled.rs` runs this in Node.js:
//
//   node --input-type=module --eval SCRIPT -- PYODIDE IMPORTS SHOWN < archive > archive
//
// `IMPORTS` are modules that the page's own part of it loads as well, and `SHOWN`
// beginnings of paths whose source stays, because tracebacks quote it.
import { buffer } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

const [folder, imports, shown] = process.argv.slice(1);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));
// The same code for the same source: sets are written in the order of their hashes.
const python = await loadPyodide({ env: { HOME: "/home/pyodide", PYTHONHASHSEED: "0" } });
python.FS.writeFile("/library.zip", await buffer(process.stdin));
const compile = python.runPython(`
def compile_all(imports, shown):
    import importlib, io, sys, zipfile
    from importlib._bootstrap_external import _code_to_hash_pyc
    for name in imports.split():
        importlib.import_module(name)
    shown = tuple(shown.split())
    # Where the page's interpreter has its library, too.
    home = "/lib/python%d%d.zip/" % sys.version_info[:2]
    loaded = {getattr(getattr(one, "__spec__", None), "origin", None) for one in list(sys.modules.values())}
    packed = io.BytesIO()
    with zipfile.ZipFile("/library.zip") as library, zipfile.ZipFile(packed, "w") as archive:
        def add(name, content):
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
        for name in library.namelist():
            source = library.read(name)
            is_loaded = name.endswith(".py") and home + name in loaded
            if not is_loaded or name.startswith(shown):
                add(name, source)
            if is_loaded:
                # Without docstrings, as -OO has it. Nobody compares a hash with a source.
                code = compile(source, home + name, "exec", dont_inherit=True, optimize=2)
                add(name + "c", bytes(_code_to_hash_pyc(code, bytes(8), False)))
    return packed.getvalue()
compile_all
`);
process.stdout.write(compile(imports, shown).toJs(), () => process.exit(0));
