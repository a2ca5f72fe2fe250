//! Under what terms the parts of Python are that a build holds, in a file beside
//! them: their licences ask for it, and Pyodide's package has none of their texts.
//! `python` writes it.

/// The file's name, which people and programs that look for licences know.
pub const FILE: &str = "licences.txt";

const MPL: &str = include_str!("../licences/MPL-2.0.txt");
const PSF: &str = include_str!("../licences/PSF-2.0.txt");
const OTHERS: &str = include_str!("../licences/others.txt");

/// Which software it is.
#[derive(Debug)]
pub struct Version {
    /// Pyodide's own.
    pub pyodide: String,
    /// The interpreter's in it.
    pub cpython: String,
}

/// What stands in the file.
pub fn text(version: &Version) -> String {
    let Version { pyodide, cpython } = version;
    let rule = "=".repeat(72);
    format!(
        "The files of this page whose names begin with \"python-\" are CPython {cpython}, as \
Pyodide {pyodide} has it for browsers, and what makes its threads work here.

Pyodide {pyodide}: the Mozilla Public License 2.0, below.
  pyodide.mjs, pyodide.asm.mjs and pyodide.asm.wasm are as its npm package has
  them, unmodified but for their names. Their source:
  https://github.com/pyodide/pyodide/tree/{pyodide}

CPython {cpython}: the Python Software Foundation License 2, below.
  It is in pyodide.asm.wasm; its library is python_stdlib.zip. That is modified:
  modules are left out, some are compiled, and the archive is stored without
  compression. No module's source is changed. What does it, and the list of what
  is left out and why, is tools/dist/src/library.rs and compiled.rs in the source
  of this page. The library's source:
  https://github.com/python/cpython/tree/v{cpython}
  and of the folders pyodide and _pyodide in it, under Pyodide's licence:
  https://github.com/pyodide/pyodide/tree/{pyodide}/src/py

Also compiled into pyodide.asm.wasm: see the last part below.

stacks.json and python.js are this page's own, MIT or Apache-2.0.

{rule}\nMozilla Public License 2.0\n{rule}\n\n{MPL}
{rule}\nPython\n{rule}\n\n{PSF}
{rule}\nWhat else is compiled into pyodide.asm.wasm\n{rule}\n\n{OTHERS}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_licence_is_there_in_full_with_where_the_source_is() {
        let text = text(&Version {
            pyodide: "1.2.3".into(),
            cpython: "4.5.6".into(),
        });
        for part in [
            "https://github.com/pyodide/pyodide/tree/1.2.3\n",
            "https://github.com/python/cpython/tree/v4.5.6\n",
            "tools/dist/src/library.rs",
            "Exhibit A - Source Code Form License Notice",
            "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2",
            "musl",
        ] {
            assert!(text.contains(part), "{part}");
        }
    }
}
