//! The Python programs of `tests/programs`: what each is to do, how it runs at home
//! and in the page, and in what the two differ.
//!
//! A program is a file, named for the promise that it keeps. Its first lines may be
//! directives: `# differs: <why>` for one that is run in the page alone, which has what
//! it prints in a file that ends in `.out`; `# seconds: 0.5` for what such a one takes;
//! `# untimed: <why>` for one that may take longer in one place than in the other.
//!
//! Those in JavaScript are run in the page alone, and have each such a file: it says
//! what Node prints, where that is the same.

mod home;
mod page;
mod printed;

use std::fmt;
use std::path::Path;

use anyhow::{Context as _, Result, bail, ensure};

pub use home::Home;
pub use page::url;
pub use printed::without_versions;

/// Where they are.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../programs");

/// Those in JavaScript.
pub const JAVASCRIPT: &str = "javascript";

fn ending_of(folder: &str) -> &'static str {
    if folder == JAVASCRIPT { "js" } else { "py" }
}

/// How much longer a program may take in one place than in the other.
const SLACK_MS: f64 = 200.0;

/// A program.
#[derive(Clone, Debug)]
pub struct Program {
    /// Its folder and its name: `queue/last_in_first_out`.
    pub name: String,
    /// Its text.
    pub source: String,
    /// What it prints in the page, if that is not what it prints at home.
    pub prints: Option<String>,
    /// What it takes in the page, if that is known.
    seconds: Option<f64>,
    /// Whether what it takes is compared.
    is_timed: bool,
}

/// What became of a program in one of the places.
#[derive(Clone, Debug, PartialEq)]
pub struct Ran {
    /// What it printed, and its traceback, in the order in which they came.
    pub printed: String,
    /// How it ended: `ok`, `raised`, `exit`, or what the page has besides.
    pub outcome: String,
    /// How long it took, in milliseconds.
    pub ms: f64,
}

/// What differs where nothing should.
#[derive(Clone, Debug, PartialEq)]
pub enum Difference {
    /// What was done or printed.
    Deed(String),
    /// What it took, and nothing else.
    Time(String),
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deed(text) | Self::Time(text) => f.write_str(text),
        }
    }
}

impl Program {
    /// One that shows whether an interpreter is as it should be.
    #[must_use]
    pub fn clean(language: &str) -> Self {
        let print = match language {
            "python" => "print",
            _ => "console.log",
        };
        Self {
            name: "clean".into(),
            source: format!("{print}(\"clean\")"),
            prints: Some("clean\n".into()),
            seconds: None,
            is_timed: false,
        }
    }

    /// Those of these folders, in the order of their names.
    ///
    /// # Errors
    /// If one of them cannot be read or understood.
    pub fn of(folders: &[&str]) -> Result<Vec<Self>> {
        let mut programs = Vec::new();
        for folder in folders {
            let ending = ending_of(folder);
            let mut paths = Vec::new();
            let path = Path::new(FOLDER).join(folder);
            for entry in std::fs::read_dir(&path).with_context(|| format!("no {folder}"))? {
                let path = entry?.path();
                if path.extension().is_some_and(|own| own == ending) {
                    paths.push(path);
                }
            }
            paths.sort();
            for path in paths {
                programs.push(Self::read(folder, &path)?);
            }
        }
        Ok(programs)
    }

    fn read(folder: &str, path: &Path) -> Result<Self> {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let name = format!("{folder}/{stem}");
        let source = std::fs::read_to_string(path)?;
        let is_javascript = folder == JAVASCRIPT;
        let comment = if is_javascript { "//" } else { "#" };
        let directive = |key: &str| {
            let lines = source.lines().take_while(|line| line.starts_with(comment));
            let before = format!("{comment} {key}: ");
            let mut found = lines.filter_map(|line| line.strip_prefix(&before));
            found.next()
        };
        let output = path.with_extension("out");
        let is_alone = is_javascript || directive("differs").is_some();
        let prints = match (is_alone, output.is_file()) {
            (true, true) => Some(std::fs::read_to_string(&output)?),
            (false, false) => None,
            (true, false) => bail!("{name} differs, and nothing says what it prints"),
            (false, true) => bail!("{name} prints what it does at home, and has a file of it"),
        };
        let seconds = directive("seconds").map(str::parse).transpose();
        Ok(Self {
            prints,
            seconds: seconds.with_context(|| name.clone())?,
            is_timed: directive("untimed").is_none(),
            source: source.clone(),
            name,
        })
    }

    /// One that is nowhere else.
    #[must_use]
    pub fn named(name: &str, source: &str) -> Self {
        Self {
            name: name.into(),
            source: source.into(),
            prints: None,
            seconds: None,
            is_timed: false,
        }
    }

    /// What of it differs, given how it ran at home, unless it is for the page alone.
    #[must_use]
    pub fn difference(&self, page: &Ran, home: Option<&Ran>) -> Option<Difference> {
        let name = &self.name;
        let wanted = home
            .map(|home| home.printed.as_str())
            .or(self.prints.as_deref());
        let (wanted, printed) = (
            without_versions(wanted.unwrap_or_default()),
            without_versions(&page.printed),
        );
        let mut said = Vec::new();
        if wanted != printed {
            said.push(format!(
                "prints\n{}not\n{}",
                quoted(&printed),
                quoted(&wanted)
            ));
        }
        let outcome = home.map_or(page.outcome.as_str(), |home| home.outcome.as_str());
        if outcome != page.outcome {
            said.push(format!("ends by “{}”, not “{outcome}”", page.outcome));
        }
        let seconds = self.seconds.map(|seconds| seconds * 1000.0);
        let wanted = home.map(|home| home.ms).or(seconds);
        let is_late = wanted.is_some_and(|ms| (page.ms - ms).abs() > SLACK_MS);
        let late = wanted.filter(|_| is_late && self.is_timed).map(|ms| {
            let ms = ms.round();
            format!("takes {} ms, not {ms} ms", page.ms.round())
        });
        let is_deed = !said.is_empty();
        said.extend(late);
        let all = format!("{name} {}", said.join("; "));
        match said.len() {
            0 => None,
            _ if is_deed => Some(Difference::Deed(all)),
            _ => Some(Difference::Time(all)),
        }
    }
}

fn quoted(text: &str) -> String {
    let lines = text.lines().map(|line| format!("    | {line}\n"));
    lines.collect()
}

/// That there is no difference.
///
/// # Errors
/// With all there are.
pub fn none_of(differences: &[Difference]) -> Result<()> {
    let lines: Vec<String> = differences.iter().map(ToString::to_string).collect();
    ensure!(
        lines.is_empty(),
        "{} programs do something else in the page than at home:\n{}",
        lines.len(),
        lines.join("\n")
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(source: &str) -> Program {
        Program {
            name: "some/program".into(),
            source: source.into(),
            prints: None,
            seconds: None,
            is_timed: true,
        }
    }

    fn ran(printed: &str, outcome: &str, ms: f64) -> Ran {
        Ran {
            printed: printed.into(),
            outcome: outcome.into(),
            ms,
        }
    }

    #[test]
    fn what_differs_is_said_and_time_alone_is_told_from_deeds() {
        let program = program("print(1)");
        let home = ran("1\n", "ok", 500.0);
        let same = program.difference(&ran("1\n", "ok", 690.0), Some(&home));
        assert_eq!(same, None);
        let late = program.difference(&ran("1", "ok", 750.0), Some(&home));
        let said = "some/program takes 750 ms, not 500 ms".into();
        assert_eq!(late, Some(Difference::Time(said)));
        let other = program.difference(&ran("2", "raised", 500.0), Some(&home));
        let said = "some/program prints\n    | 2\nnot\n    | 1\n; ends by “raised”, not “ok”";
        assert_eq!(other, Some(Difference::Deed(said.into())));
    }

    #[test]
    fn one_for_the_page_alone_prints_what_its_file_says_in_its_own_time() {
        let alone = Program {
            prints: Some("3\n".into()),
            seconds: Some(0.3),
            ..program("print(3)")
        };
        assert_eq!(alone.difference(&ran("3", "ok", 300.0), None), None);
        assert!(alone.difference(&ran("4", "ok", 300.0), None).is_some());
        assert!(alone.difference(&ran("3", "ok", 900.0), None).is_some());
        let untimed = Program {
            is_timed: false,
            ..alone
        };
        assert_eq!(untimed.difference(&ran("3", "ok", 900.0), None), None);
    }

    #[test]
    fn there_are_125_programs_and_those_that_differ_are_in_the_docs() -> Result<()> {
        let mut folders = Vec::new();
        for entry in std::fs::read_dir(FOLDER)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() && entry.file_name() != JAVASCRIPT {
                folders.push(entry.file_name().to_string_lossy().into_owned());
            }
        }
        let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
        let programs = Program::of(&folders)?;
        assert!(programs.len() >= 125, "{}", programs.len());
        let docs = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../docs/python-differences.md"
        );
        let docs = std::fs::read_to_string(docs)?;
        for program in programs {
            let differs = program.prints.is_some() || !program.is_timed;
            let folder = program.name.split('/').next().unwrap_or_default();
            let is_listed = docs.contains(&format!("`{}`", program.name))
                || (differs && docs.contains(&format!("all of `{folder}/`")));
            assert_eq!(is_listed, differs, "{}", program.name);
        }
        Ok(())
    }
}
