//! The names by which the wasm and its glue ask each other for functions.
//! `wasm-bindgen` makes them long, with a hash in each, so that crates cannot
//! collide; in a finished build they are 11 KB that every visitor downloads twice
//! over.

use std::collections::{BTreeSet, HashSet};

use anyhow::{Result, ensure};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{ExportSection, ImportSection};
use wasmparser::{Export, ImportSectionReader};

use crate::wasm::rewritten;

/// How the names of closures begin that the wasm exports; the others are few, and
/// known by what they say.
const CLOSURE: &str = "wasm_bindgen_";

/// What the glue is called that all imports are from.
const MODULE: &str = "a";

/// Wasm and glue with short names for all that the one imports from the other,
/// and for the closures that it exports.
///
/// # Errors
/// If the wasm cannot be read, or the glue does not have each name exactly once.
pub fn shortened(wasm: &[u8], glue: &str) -> Result<(Vec<u8>, String)> {
    let mut shortener = Shortener::default();
    let wasm = rewritten(wasm, &mut shortener)?;
    let mut glue = glue.to_owned();
    let modules = &shortener.modules;
    ensure!(
        modules.len() < 2,
        "all imports must be from the glue, and are from {modules:?}"
    );
    for (long, short) in &shortener.imports {
        // As the key of a function in the object of imports.
        rename(&mut glue, format!(" {long}:"), format!(" {short}:"))?;
    }
    for (long, short) in &shortener.exports {
        rename(&mut glue, format!("wasm.{long}("), format!("wasm.{short}("))?;
    }
    for module in modules {
        rename(&mut glue, format!("\"{module}\":"), format!("{MODULE}:"))?;
    }
    Ok((wasm, glue))
}

fn rename(glue: &mut String, from: String, to: String) -> Result<()> {
    let count = glue.matches(&from).count();
    ensure!(
        count == 1,
        "the glue has “{from}” {count} times, and not once"
    );
    *glue = glue.replace(&from, &to);
    Ok(())
}

/// Gives each imported function, and each exported closure, the next short name.
#[derive(Default)]
struct Shortener {
    modules: BTreeSet<String>,
    imports: Vec<(String, String)>,
    exports: Vec<(String, String)>,
}

impl Reencode for Shortener {
    type Error = std::convert::Infallible;

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: ImportSectionReader<'_>,
    ) -> Result<(), Error<Self::Error>> {
        let mut seen = HashSet::new();
        for import in section.into_imports() {
            let import = import?;
            // Imported twice, it is still one function of the glue.
            let name = match self.imports.iter().find(|(long, _)| long == import.name) {
                Some((_, short)) => short.clone(),
                None => short(self.imports.len()),
            };
            let ty = self.entity_type(import.ty)?;
            imports.import(MODULE, &name, ty);
            self.modules.insert(import.module.to_owned());
            if seen.insert(import.name.to_owned()) {
                self.imports.push((import.name.to_owned(), name));
            }
        }
        Ok(())
    }

    fn parse_export(
        &mut self,
        exports: &mut ExportSection,
        export: Export<'_>,
    ) -> Result<(), Error<Self::Error>> {
        if !export.name.starts_with(CLOSURE) {
            return utils::parse_export(self, exports, export);
        }
        let name = short(self.exports.len());
        self.exports.push((export.name.to_owned(), name.clone()));
        utils::parse_export(
            self,
            exports,
            Export {
                name: &name,
                ..export
            },
        )
    }
}

/// `a` to `z`, then `aa`, `ba` and so on.
pub(crate) fn short(mut index: usize) -> String {
    const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyz";
    let mut name = String::new();
    loop {
        name.push(char::from(LETTERS[index % LETTERS.len()]));
        if index < LETTERS.len() {
            return name;
        }
        index = index / LETTERS.len() - 1;
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
    use wasm_encoder::{EntityType, ExportKind, TypeSection};

    fn wasm(module_name: &str, names: &[&str]) -> Vec<u8> {
        let (mut module, mut types, mut imports) =
            (Module::new(), TypeSection::new(), ImportSection::new());
        types.ty().function([], []);
        for name in names {
            imports.import(module_name, name, EntityType::Function(0));
        }
        module.section(&types).section(&imports);
        module.finish()
    }

    #[test]
    fn wasm_and_glue_agree_on_short_names() {
        let long = wasm("./glue.js", &["__wbg_now_00112233", "__wbg_log_44556677"]);
        let glue = "const import0 = {\n  __wbg_log_44556677: function() {},\n  \
                    __wbg_now_00112233: function() { now(); },\n};\n\
                    return { \"./glue.js\": import0 };";
        let (wasm_short, glue) = shortened(&long, glue).unwrap();
        assert_eq!(wasm_short, wasm("a", &["a", "b"]));
        assert!(glue.contains(" a: function() { now(); }") && glue.contains(" b: function"));
        assert!(glue.contains("{ a: import0 }"));
    }

    #[test]
    fn closures_are_called_by_short_names_and_all_else_by_its_own() {
        let exported = |module_name, closure| {
            let (mut module, mut types, mut imports, mut exports) = (
                Module::new(),
                TypeSection::new(),
                ImportSection::new(),
                ExportSection::new(),
            );
            types.ty().function([], []);
            imports.import(module_name, "a", EntityType::Function(0));
            exports.export("main", ExportKind::Func, 0);
            exports.export(closure, ExportKind::Func, 0);
            module.section(&types).section(&imports).section(&exports);
            module.finish()
        };
        let long = exported("./glue.js", "wasm_bindgen__invoke__h12");
        let glue = "({ \"./glue.js\": { a: 1 } }); wasm.main(); wasm.wasm_bindgen__invoke__h12(1);";
        let (wasm, glue) = shortened(&long, glue).unwrap();
        assert_eq!(wasm, exported("a", "a"));
        assert_eq!(glue, "({ a: { a: 1 } }); wasm.main(); wasm.a(1);");
    }

    #[test]
    fn a_name_that_the_glue_does_not_have_is_an_error() {
        let error = shortened(&wasm("./glue.js", &["__wbg_now"]), "\"./glue.js\":").unwrap_err();
        assert!(error.to_string().contains("__wbg_now"), "{error}");
    }

    #[test]
    fn short_names_are_all_different() {
        let names: HashSet<String> = (0..2000).map(short).collect();
        assert_eq!(names.len(), 2000);
    }
}
