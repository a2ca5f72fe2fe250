//! The exercises (`www/exercises/`), a folder each, put into one file that the page
//! for a reader's own program fetches; and the lesson's programs (`snippets/`), as the
//! lesson shows them, among the files of the one in which anything goes.

use std::path::Path;

use anyhow::{Context as _, Result, anyhow, ensure};
use expert_chef_core::asked::config::PROGRAMS;
use expert_chef_core::asked::exercise::Exercise;
use expert_chef_core::asked::language::Language;
use expert_chef_core::shown::listing;
use expert_chef_core::shown::session::{KITCHEN, LESSON};

use crate::code;
use crate::files::{list, read_text};

/// The languages in which the lesson's programs run on the page, as there and as the
/// lesson has them.
const LANGUAGES: [(Language, listing::Language); 2] = [
    (Language::Python, listing::Language::Python),
    (Language::JavaScript, listing::Language::JavaScript),
];

/// Where they are, and what says in which order.
const FOLDER: &str = "exercises";
const ORDER: &str = "order.txt";

/// What an exercise says of itself.
const HEAD: &str = "exercise.txt";

/// How the files begin that only tests read: programs that are meant to fail.
const WRONG: &str = "wrong-";

/// What every exercise has.
const NEEDED: &str = "start.py";

/// All of them in one text, as [`Exercise::read`] reads it.
///
/// # Errors
/// If one is incomplete, or its author has made a mistake.
pub fn bundled(source: &Path, snippets: &Path) -> Result<String> {
    let folder = source.join(FOLDER);
    let mut bundle = String::new();
    for name in read_text(&folder.join(ORDER))?.split_whitespace() {
        let folder = folder.join(name);
        let head = read_text(&folder.join(HEAD)).with_context(|| format!("{FOLDER}/{name}"))?;
        bundle += &format!("={name}\n{}\n", head.trim_end());
        for file in list(&folder)? {
            if file == HEAD || file.starts_with(WRONG) {
                continue;
            }
            add(&mut bundle, &file, &read_text(&folder.join(&file))?);
        }
        let programs: &[&str] = if name == KITCHEN { &PROGRAMS } else { &[] };
        for program in programs {
            for (language, shown) in LANGUAGES {
                if language.runs(program) {
                    let file = format!("{LESSON}{}", language.program(program));
                    add(&mut bundle, &file, &code::plain(snippets, shown, program)?);
                }
            }
        }
    }
    let exercises = Exercise::read(&bundle).map_err(|error| anyhow!("{FOLDER}: {error}"))?;
    for exercise in &exercises {
        let name = &exercise.name;
        ensure!(!exercise.title.is_empty(), "{FOLDER}/{name} has no title");
        ensure!(!exercise.task.is_empty(), "{FOLDER}/{name} has no task");
        ensure!(
            exercise.file(NEEDED).is_some(),
            "{FOLDER}/{name} has no {NEEDED}"
        );
    }
    Ok(bundle)
}

fn add(bundle: &mut String, file: &str, text: &str) {
    *bundle += &format!("@{file}\n");
    for line in text.lines() {
        *bundle += &format!("\t{line}\n");
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, clippy::unwrap_used, reason = "a test")]

    use std::fs;

    use super::*;
    use tempfile::TempDir;

    fn exercise(head: &str, files: &[(&str, &str)]) -> TempDir {
        let source = TempDir::new().unwrap();
        let folder = source.path().join("exercises/one");
        fs::create_dir_all(&folder).unwrap();
        fs::write(source.path().join("exercises/order.txt"), "one\n").unwrap();
        fs::write(folder.join(HEAD), head).unwrap();
        for (name, text) in files {
            fs::write(folder.join(name), text).unwrap();
        }
        source
    }

    #[test]
    fn all_but_the_wrong_answers_are_in_the_file() {
        let files = [("start.py", "if 1:\n\tpass\n"), ("wrong-slow.py", "slow()")];
        let source = exercise("title: One\ntask: Do it.\nlimit: 3\n", &files);
        let text = bundled(source.path(), source.path()).unwrap();
        let [exercise] = &Exercise::read(&text).unwrap()[..] else {
            panic!("{text}");
        };
        assert_eq!(exercise.file("start.py"), Some("if 1:\n\tpass\n"));
        assert_eq!(exercise.limit, Some(3));
        assert!(!text.contains("slow"), "{text}");
    }

    #[test]
    fn what_is_missing_or_no_exercise_is_an_error_that_names_it() {
        let start = ("start.py", "pass");
        for (head, files, complaint) in [
            ("task: Do it.", &[start][..], "has no title"),
            ("title: One", &[start], "has no task"),
            ("title: One\ntask: Do it.", &[], "has no start.py"),
            ("title: One\ntask: Do it.\nsoup: 1", &[start], "soup: 1"),
            ("title: One\ntask: Do it.\nlimit: x", &[start], "limit: x"),
            ("title: One\ntask: Do it.\nchecks: x", &[start], "checks: x"),
        ] {
            let source = exercise(head, files);
            let error = bundled(source.path(), source.path())
                .unwrap_err()
                .to_string();
            assert!(error.contains(complaint), "{error}");
        }
    }

    #[test]
    fn the_pages_own_exercises_can_be_read() {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www");
        let snippets = source.join("../snippets");
        let text = bundled(&source, &snippets).unwrap();
        let exercises = Exercise::read(&text).unwrap();
        let name = |one: Option<&Exercise>| one.map(|one| one.name.clone());
        assert_eq!(name(exercises.first()).as_deref(), Some("two-calls"));
        assert_eq!(name(exercises.last()).as_deref(), Some(KITCHEN));
        for program in PROGRAMS {
            for language in Language::ALL {
                let name = language.program(program);
                let kitchen = exercises.last().unwrap();
                let file = kitchen.file(&format!("{LESSON}{name}"));
                assert_eq!(file.is_some(), language.runs(program), "{name}");
                let is_marked = |file: &str| file.contains("#:") || file.contains("//:");
                assert!(!file.is_some_and(is_marked), "{name} has its marks");
            }
        }
    }
}
