//! The programs of `tests/hostile`, such as a stranger could send by a link: what each
//! may come to, how it runs in the page, and what of that is wrong.
//!
//! A program is a file, named for what it tries; its ending says its language. Its
//! first lines are directives, which begin with `//` in JavaScript: `# ends: <how>` for what it may end by, in the page's words (several, where it is
//! the browser's own affair which); `# says: <text>` for what the page has to show of
//! it; `# never: <text>` for what it must not; `# padded: <bytes>` for how long it is
//! made. One that ends as `stopped` has no end, and says “begun” once it runs.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use serde_json::json;

use crate::browser::Browser;
use crate::site::Site;
use crate::wait::PATIENCE;

/// Where they are.
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../hostile");

/// A host that is none of the page's, in the programs' words.
const ELSEWHERE: &str = "https://example.com/";

/// The longest that the page may leave the reader without a frame. A program that
/// held the page's own thread would hold it for good; a busy machine with two cores
/// takes a frame's turn away for some hundred milliseconds.
const MOST_GAP_MS: f64 = 1000.0;

/// The longest from a click on the button to the program's end. It is asked for at
/// once; the rest is for the machine, as with frames.
const MOST_STOP_MS: f64 = 1000.0;

const RUN: &str = include_str!("hostile/run.js");
const TRACES: &str = include_str!("hostile/traces.js");

/// A program.
#[derive(Clone, Debug)]
pub struct Hostile {
    /// What it tries.
    pub name: String,
    language: &'static str,
    source: String,
    ends: Vec<String>,
    says: Vec<String>,
    never: Vec<String>,
    padded: usize,
}

/// What became of it in the page.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
pub struct Met {
    /// How it ended; nothing if it did not.
    pub outcome: String,
    /// What it printed, and what the page says of its end.
    pub printed: String,
    /// The page's longest time without a frame while it ran.
    pub gap_ms: f64,
    /// From the click on the button to its end, if it was stopped.
    pub stop_ms: Option<f64>,
    /// The names of elements that its text has become.
    pub made: Vec<String>,
}

/// What a program could leave in a browser: names of what is stored, and the page's
/// title.
pub type Traces = Vec<String>;

impl Hostile {
    /// All in that language, in the order of their names.
    ///
    /// # Errors
    /// If one of them cannot be read or understood.
    pub fn all(language: &'static str) -> Result<Vec<Self>> {
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(FOLDER)? {
            let path = entry?.path();
            let is_python = path.extension().is_some_and(|ending| ending == "py");
            if is_python == (language == "python") {
                paths.push(path);
            }
        }
        paths.sort();
        paths
            .iter()
            .map(|path| Self::read(language, path))
            .collect()
    }

    fn read(language: &'static str, path: &Path) -> Result<Self> {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let source = std::fs::read_to_string(path).with_context(|| name.to_string())?;
        Self::parse(language, &name, &source)
    }

    fn parse(language: &'static str, name: &str, source: &str) -> Result<Self> {
        let comment = if language == "python" { "#" } else { "//" };
        let all = |key: &str| -> Vec<String> {
            let before = format!("{comment} {key}: ");
            let lines = source.lines().take_while(|line| line.starts_with(comment));
            let found = lines.filter_map(|line| line.strip_prefix(&before));
            found.map(ToOwned::to_owned).collect()
        };
        let ends = all("ends");
        let ends: Vec<String> = ends
            .iter()
            .flat_map(|line| line.split(", "))
            .map(Into::into)
            .collect();
        ensure!(!ends.is_empty(), "{name} does not say how it ends");
        let padded = all("padded");
        let padded = padded.first().map(|bytes| bytes.parse()).transpose();
        Ok(Self {
            name: name.into(),
            language,
            source: source.into(),
            ends,
            says: all("says"),
            never: all("never"),
            padded: padded.with_context(|| name.to_owned())?.unwrap_or_default(),
        })
    }

    /// The language that it is in.
    #[must_use]
    pub fn language(&self) -> &'static str {
        self.language
    }

    /// What it is expected to end by, above all.
    #[must_use]
    pub fn end(&self) -> &str {
        self.ends.first().map_or("", String::as_str)
    }

    /// What is wrong with what became of it.
    #[must_use]
    pub fn wrong(&self, met: &Met) -> Vec<String> {
        let mut wrong = Vec::new();
        if !self.ends.contains(&met.outcome) {
            let ends = self.ends.join(" or ");
            wrong.push(format!("ends by “{}”, not {ends}", met.outcome));
        }
        let printed = &met.printed;
        let unsaid = self.says.iter().filter(|text| !printed.contains(*text));
        wrong.extend(unsaid.map(|text| format!("does not say “{text}”")));
        let said = self.never.iter().filter(|text| printed.contains(*text));
        wrong.extend(said.map(|text| format!("says “{text}”")));
        if !wrong.is_empty() {
            let end: String = printed.chars().rev().take(800).collect();
            wrong.push(format!(
                "at last: {}",
                end.chars().rev().collect::<String>()
            ));
        }
        if !met.made.is_empty() {
            wrong.push(format!(
                "makes elements of the page: {}",
                met.made.join(" ")
            ));
        }
        if met.gap_ms > MOST_GAP_MS {
            wrong.push(format!(
                "keeps the page from a frame for {:.0} ms",
                met.gap_ms
            ));
        }
        if let Some(ms) = met.stop_ms.filter(|ms| *ms > MOST_STOP_MS) {
            wrong.push(format!("is stopped only after {ms:.0} ms"));
        }
        wrong
    }
}

impl Browser {
    /// Runs a program to its end, or stops it as soon as it has begun if it has none.
    /// Where it would reach another host, that is `elsewhere`.
    ///
    /// # Errors
    /// If the page does not answer any more.
    pub async fn run_hostile(&self, program: &Hostile, elsewhere: &Site) -> Result<Met> {
        let source = program.source.replace(ELSEWHERE, &elsewhere.url(""));
        let is_stopped = program.end() == "stopped";
        // What fills a browser's memory takes its time to do so.
        let patience: Duration = 2 * PATIENCE;
        let comment = if program.language == "python" {
            "#"
        } else {
            "//"
        };
        let asked = json!([
            source,
            program.padded,
            is_stopped,
            patience.as_millis(),
            comment
        ])
        .to_string();
        let script = RUN.replace("ASKED", &json!(asked).to_string());
        let met = self.js_async(&script).await;
        met.with_context(|| format!("{}: the page is gone", program.name))
    }

    /// What is stored in the browser by now, by names, and what the page is called.
    ///
    /// # Errors
    /// If no page is open.
    pub async fn traces(&self) -> Result<Traces> {
        self.js_async(TRACES).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(outcome: &str, printed: &str) -> Met {
        Met {
            outcome: outcome.into(),
            printed: printed.into(),
            gap_ms: 20.0,
            stop_ms: None,
            made: Vec::new(),
        }
    }

    #[test]
    fn what_is_wrong_is_said() -> Result<()> {
        let text = "# ends: ok, exit\n# says: shut\n# never: out\nprint(1)\n# ends: raised\n";
        let program = Hostile::parse("python", "tries", text)?;
        assert_eq!(program.end(), "ok");
        assert_eq!(program.wrong(&met("ok", "all shut")), Vec::<String>::new());
        assert_eq!(
            program.wrong(&met("exit", "all shut")),
            Vec::<String>::new()
        );
        let wrong = program.wrong(&met("raised", "got out"));
        let wanted = [
            "ends by “raised”, not ok or exit",
            "does not say “shut”",
            "says “out”",
            "at last: got out",
        ];
        assert_eq!(wrong, wanted);
        let slow = Met {
            gap_ms: 1500.0,
            stop_ms: Some(3000.0),
            made: vec!["IMG".into()],
            ..met("ok", "shut")
        };
        assert_eq!(program.wrong(&slow).len(), 3);
        Ok(())
    }

    #[test]
    fn a_program_says_how_it_ends() {
        assert!(Hostile::parse("python", "tries", "print(1)").is_err());
        let text = "// ends: ok\n// says: shut\n";
        assert!(Hostile::parse("javascript", "tries", text).is_ok());
        assert!(Hostile::parse("python", "tries", "# ends: ok\n# padded: much\n").is_err());
    }

    #[test]
    fn there_are_forty_of_them_at_least_and_twenty_in_javascript() -> Result<()> {
        let mut programs = Hostile::all("python")?;
        assert!(programs.len() >= 40, "{}", programs.len());
        let more = Hostile::all("javascript")?;
        assert!(more.len() >= 20, "{}", more.len());
        programs.extend(more);
        for program in programs {
            let is_stopped = program.end() == "stopped";
            let begins = program.source.contains("\"begun\"");
            assert!(begins || !is_stopped, "{}", program.name);
        }
        Ok(())
    }
}
