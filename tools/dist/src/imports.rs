//! The order in which the glue has what the wasm imports from it, and the wasm
//! asks for it. `wasm-bindgen` goes by name; a compressor finds more where
//! functions stand together that begin alike.

use std::convert::Infallible;

use anyhow::{Result, anyhow, ensure};
use wasm_encoder::ImportSection;
use wasm_encoder::reencode::{Error, Reencode};
use wasmparser::{Import, ImportSectionReader, Parser, Payload};

use crate::wasm::rewritten;

/// How far in `wasm-bindgen` writes the functions, and how the last line of each
/// begins.
const INDENT: &str = "\n        ";
const END: &str = "\n        }";

/// Wasm and glue in that order.
///
/// # Errors
/// If the wasm cannot be read, or the glue does not have its imports one after
/// the other.
pub fn sorted(wasm: &[u8], glue: &str) -> Result<(Vec<u8>, String)> {
    let names = names(wasm)?;
    let mut functions = Vec::new();
    for name in &names {
        functions.push(function(glue, name)?);
    }
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|&index| {
        let (_, text) = functions[index];
        text.strip_prefix(INDENT)
            .and_then(|text| text.strip_prefix(&*names[index]))
    });
    let start = functions.iter().map(|(start, _)| *start).min();
    let start = start.unwrap_or_default();
    let together: String = order.iter().map(|&index| functions[index].1).collect();
    let end = start + together.len();
    ensure!(
        functions.iter().all(|(at, text)| at + text.len() <= end),
        "the glue has something between the functions that the wasm imports"
    );
    let glue = [&glue[..start], &together, &glue[end..]].concat();

    let all = order.iter().map(|&index| (index, names[index].clone()));
    Ok((rewritten(wasm, &mut Imports(all.collect()))?, glue))
}

/// The same where functions that do the same are one, which the wasm imports as
/// often as it did: each type of the browser has a `length` of its own.
///
/// # Errors
/// If the wasm cannot be read, or the glue has not got what it imports.
pub fn merged(wasm: &[u8], glue: &str) -> Result<(Vec<u8>, String)> {
    let mut known: Vec<(&str, String)> = Vec::new();
    let mut written = glue.to_owned();
    let mut all = Vec::new();
    for (index, name) in names(wasm)?.into_iter().enumerate() {
        let (_, text) = function(glue, &name)?;
        let does = text[INDENT.len() + name.len()..].trim_end_matches(',');
        let same = known.iter().find(|(other, _)| *other == does);
        let name = match same {
            Some((_, first)) => {
                written = written.replacen(text, "", 1);
                first.clone()
            }
            None => {
                known.push((does, name.clone()));
                name
            }
        };
        all.push((index, name));
    }
    Ok((rewritten(wasm, &mut Imports(all))?, written))
}

/// What the wasm imports: functions only.
fn names(wasm: &[u8]) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::ImportSection(section) = payload? {
            for import in section.into_imports() {
                names.push(import?.name.to_owned());
            }
        }
    }
    Ok(names)
}

/// Where the glue has that function, and how it is written.
fn function<'a>(glue: &'a str, name: &str) -> Result<(usize, &'a str)> {
    let start = glue.find(&format!("{INDENT}{name}: "));
    let found = start.and_then(|start| {
        let last = start + glue[start..].find(END)? + END.len();
        let end = last + glue[last..].find('\n')?;
        Some((start, &glue[start..end]))
    });
    found.ok_or_else(|| anyhow!("the glue has no function {name}"))
}

/// The old place of each import and the name that it has now, in the new order.
struct Imports(Vec<(usize, String)>);

impl Reencode for Imports {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error<Infallible>> {
        let place = self.0.iter().position(|(old, _)| *old == function as usize);
        Ok(place.map_or(function, |place| place as u32))
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error<Infallible>> {
        let all = section.into_imports().collect::<Result<Vec<Import>, _>>()?;
        for (old, name) in &self.0.clone() {
            self.parse_import(imports, Import { name, ..all[*old] })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        reason = "a test that cannot make its own wasm has failed"
    )]

    use super::*;
    use wasm_encoder::Module;
    use wasm_encoder::{EntityType, ExportKind, ExportSection, TypeSection};

    /// Wasm that imports these, and exports the one of that place.
    fn wasm(names: &[&str], exported: u32) -> Vec<u8> {
        let (mut types, mut imports) = (TypeSection::new(), ImportSection::new());
        types.ty().function([], []);
        for name in names {
            imports.import("glue", name, EntityType::Function(0));
        }
        let mut exports = ExportSection::new();
        exports.export("out", ExportKind::Func, exported);
        let mut module = Module::new();
        module.section(&types).section(&imports).section(&exports);
        module.finish()
    }

    const LOG: &str = "\n        log: function() {\n            log();\n        },";
    const ADD: &str = "\n        add: function() {\n            more();\n        },";
    const ASK: &str = "\n        ask: function() {\n            ask();\n        },";

    #[test]
    fn functions_that_begin_alike_stand_together_in_both() {
        let glue = format!("const all = {{{LOG}{ADD}{ASK}\n    }};");
        let (wasm_sorted, glue) = sorted(&wasm(&["log", "add", "ask"], 1), &glue).unwrap();
        assert_eq!(wasm_sorted, wasm(&["ask", "log", "add"], 2));
        assert_eq!(glue, format!("const all = {{{ASK}{LOG}{ADD}\n    }};"));
    }

    #[test]
    fn functions_that_do_the_same_are_one_and_imported_by_one_name() {
        const AGAIN: &str = "\n        again: function() {\n            log();\n        }";
        let glue = format!("const all = {{{LOG}{ADD}{AGAIN}\n    }};");
        let (wasm_merged, glue) = merged(&wasm(&["log", "add", "again"], 2), &glue).unwrap();
        assert_eq!(wasm_merged, wasm(&["log", "add", "log"], 2));
        assert_eq!(glue, format!("const all = {{{LOG}{ADD}\n    }};"));
    }

    #[test]
    fn what_is_between_them_is_an_error() {
        let glue = format!("{LOG}\n        more,{ADD}\n");
        let error = sorted(&wasm(&["log", "add"], 0), &glue).unwrap_err();
        assert!(error.to_string().contains("between"), "{error}");
        let error = sorted(&wasm(&["log", "mop"], 0), &glue).unwrap_err();
        assert!(error.to_string().contains("mop"), "{error}");
    }
}
