//! Python's standard library as the page has it: without what no program can use in
//! a browser and what nobody would in an answer, which is more than a third of it. Stored rather
//! than deflated, because brotli makes less of the whole than of its compressed
//! pieces. `python` calls it.

use std::io::{Cursor, Read as _, Write as _};

use anyhow::{Context as _, Result, ensure};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// What is left out, files and whole folders, and why.
pub const LEFT_OUT: [(&str, &str); 12] = [
    (
        "jokes, and what says that there is nothing",
        "__hello__.py __phello__ antigravity.py this.py site-packages tomllib/mypy.ini \
         _pyodide/py.typed pyodide/py.typed",
    ),
    (
        "shells and debuggers: there is no terminal",
        "_pyrepl asyncio/__main__.py asyncio/tools.py bdb.py cmd.py code.py getpass.py pdb.py \
         pty.py pyodide/console.py rlcompleter.py tty.py",
    ),
    ("readers of documentation", "doctest.py pyclbr.py pydoc.py"),
    (
        "tools for whole projects, and profilers of single threads",
        "cProfile.py compileall.py modulefinder.py optparse.py pickletools.py profile.py \
         pstats.py symtable.py tabnanny.py trace.py unittest zipapp.py",
    ),
    (
        "protocols: there are no sockets",
        "ftplib.py http/server.py imaplib.py mailbox.py netrc.py nturl2path.py poplib.py \
         pyodide/_nodesock_transport.py smtplib.py webbrowser.py wsgiref xmlrpc",
    ),
    (
        "writing mail",
        "email/_header_value_parser.py email/contentmanager.py email/headerregistry.py \
         email/mime email/policy.py",
    ),
    (
        "sources of what is in the interpreter itself",
        "importlib/_bootstrap.py importlib/_bootstrap_external.py zipimport.py",
    ),
    (
        "formats of files that are not there",
        "plistlib.py tarfile.py wave.py xml",
    ),
    ("databases", "shelve.py sqlite3"),
    (
        "memory by its address, a way around all else",
        "ctypes multiprocessing/sharedctypes.py",
    ),
    (
        "doubles in Python of what is there in C",
        "_py_abc.py _pydatetime.py _pyio.py",
    ),
    (
        "what is for Windows alone",
        "asyncio/proactor_events.py asyncio/windows_events.py asyncio/windows_utils.py \
         multiprocessing/popen_spawn_win32.py",
    ),
];

/// The encodings that stay, of 123: Unicode's own, the Western ones, and those that
/// the library itself asks for.
pub const ENCODINGS: &str = "__init__ aliases ascii base64_codec charmap cp1252 cp437 cp850 \
    hex_codec idna iso8859_1 iso8859_15 latin_1 punycode raw_unicode_escape rot_13 undefined \
    unicode_escape utf_16 utf_16_be utf_16_le utf_32 utf_32_be utf_32_le utf_7 utf_8 utf_8_sig";

/// Pyodide's archive of the standard library, repacked: the same for the same.
///
/// # Errors
/// If it is no such archive, or has no longer what is to be left out.
pub fn trimmed(archive: &[u8]) -> Result<Vec<u8>> {
    let mut archive =
        ZipArchive::new(Cursor::new(archive)).context("python_stdlib.zip cannot be read")?;
    let mut names: Vec<String> = archive.file_names().map(str::to_owned).collect();
    names.retain(|name| !name.ends_with('/'));
    names.sort();
    for entry in entries() {
        ensure!(
            names.iter().any(|name| is_of(name, entry)),
            "{entry} is to be left out of Python's library, and is not in it: another version's?"
        );
    }
    let mut kept = ZipWriter::new(Cursor::new(Vec::new()));
    // No time but the format's first.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644);
    for name in names.iter().filter(|name| !is_left_out(name)) {
        let mut content = Vec::new();
        archive.by_name(name)?.read_to_end(&mut content)?;
        kept.start_file(name.as_str(), options)?;
        kept.write_all(&content)?;
    }
    Ok(kept.finish()?.into_inner())
}

fn entries() -> impl Iterator<Item = &'static str> {
    LEFT_OUT
        .iter()
        .flat_map(|(_, entries)| entries.split_whitespace())
}

/// Whether it is that file, or in that folder.
fn is_of(name: &str, entry: &str) -> bool {
    name.strip_prefix(entry)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn is_left_out(name: &str) -> bool {
    if let Some(encoding) = name.strip_prefix("encodings/") {
        let encoding = encoding.strip_suffix(".py").unwrap_or(encoding);
        return !ENCODINGS.split_whitespace().any(|kept| kept == encoding);
    }
    entries().any(|entry| is_of(name, entry))
}

#[cfg(test)]
pub mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use super::*;
    use std::collections::BTreeSet;
    use std::fmt::Write as _;

    /// An archive with all that is left out, and these files.
    pub fn archive(more: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        zip.add_directory("asyncio/", options).unwrap();
        for entry in entries() {
            let name = if entry.contains('.') {
                entry.to_owned()
            } else {
                format!("{entry}/a.py")
            };
            zip.start_file(name, options).unwrap();
        }
        for (name, content) in more {
            zip.start_file(*name, options).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// The files of an archive, in their order.
    pub fn files(archive: &[u8]) -> Vec<(String, String)> {
        let mut archive = ZipArchive::new(Cursor::new(archive)).unwrap();
        let mut files = Vec::new();
        for place in 0..archive.len() {
            let mut file = archive.by_index(place).unwrap();
            assert_eq!(file.compression(), CompressionMethod::Stored);
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            let text = String::from_utf8_lossy(&content).into_owned();
            files.push((file.name().to_owned(), text));
        }
        files
    }

    #[test]
    fn what_is_kept_is_as_it_was_and_in_order() {
        let more = [
            ("zipfile/__init__.py", "two"),
            ("asyncio/events.py", "one"),
            ("xmlish.py", "no folder of that name"),
        ];
        let kept = files(&trimmed(&archive(&more)).unwrap());
        let expected = [more[1], more[2], more[0]].map(|(name, text)| (name.into(), text.into()));
        assert_eq!(kept, expected);
    }

    #[test]
    fn the_same_library_is_packed_into_the_same_bytes() {
        let library = archive(&[("os.py", "import sys")]);
        assert_eq!(trimmed(&library).unwrap(), trimmed(&library).unwrap());
    }

    #[test]
    fn of_the_encodings_those_on_the_list_stay() {
        let more = [("encodings/utf_8.py", ""), ("encodings/koi8_r.py", "")];
        let kept = files(&trimmed(&archive(&more)).unwrap());
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].0, "encodings/utf_8.py");
    }

    #[test]
    fn a_library_that_lacks_what_is_left_out_is_another_version() {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("os.py", SimpleFileOptions::default())
            .unwrap();
        let library = zip.finish().unwrap().into_inner();
        let error = trimmed(&library).unwrap_err().to_string();
        assert!(
            error.contains("__hello__.py") && error.contains("another version"),
            "{error}"
        );
        assert!(trimmed(b"no archive").is_err());
    }

    #[test]
    fn the_guide_names_what_is_left_out_and_why() {
        let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/python.md");
        let guide = std::fs::read_to_string(guide).unwrap();
        let mut rows = String::new();
        for (why, entries) in LEFT_OUT {
            let entries: Vec<String> = entries
                .split_whitespace()
                .map(|one| format!("`{one}`"))
                .collect();
            writeln!(rows, "| {why} | {} |", entries.join(", ")).unwrap();
        }
        assert!(guide.contains(&rows), "docs/python.md should have\n{rows}");
        for encoding in ENCODINGS
            .split_whitespace()
            .filter(|name| !["__init__", "aliases"].contains(name))
        {
            assert!(guide.contains(&format!("`{encoding}`")), "{encoding}");
        }
    }

    /// What stays must not ask for what went: looked up in the very library, where
    /// `make` has put it. A line that is indented is one that may never run; and what
    /// is in the interpreter itself is there without a file.
    #[test]
    fn nothing_that_is_kept_imports_what_is_left_out() {
        let Some(folder) = std::env::var_os("PYODIDE").filter(|folder| !folder.is_empty()) else {
            return;
        };
        let library =
            std::fs::read(std::path::Path::new(&folder).join("python_stdlib.zip")).unwrap();
        let mut whole = ZipArchive::new(Cursor::new(&library)).unwrap();
        let module = |name: &str| {
            let name = name.strip_suffix(".py").unwrap_or(name).replace('/', ".");
            name.strip_suffix(".__init__")
                .map_or(name.clone(), str::to_owned)
        };
        let all: BTreeSet<String> = whole.file_names().map(module).collect();
        let kept = files(&trimmed(&library).unwrap());
        let there: BTreeSet<String> = kept.iter().map(|(name, _)| module(name)).collect();
        assert!(whole.by_name("encodings/koi8_r.py").is_ok());
        for (name, text) in &kept {
            for line in text.lines() {
                let (import, from) = (line.strip_prefix("import "), line.strip_prefix("from "));
                let Some(asked) = import.or(from) else {
                    continue;
                };
                let asked = asked.split_whitespace().next().unwrap_or_default();
                for asked in asked.split([',', ';']).filter(|asked| {
                    all.contains(*asked) && !asked.starts_with("importlib._bootstrap")
                }) {
                    assert!(there.contains(asked), "{name} asks for {asked}");
                }
            }
        }
    }
}
