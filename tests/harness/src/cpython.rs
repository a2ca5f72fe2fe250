//! CPython's own tests of threads, queues and executors, run in the page one by one as
//! parts of a reader's program.
//!
//! They come from a folder that `tools/setup.sh cpython` makes of Debian's packages,
//! and are of an older Python than the page's: what that says otherwise fails too.

use std::collections::{BTreeMap, VecDeque};
use std::ffi::OsStr;
use std::fmt;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::json;

use crate::browser::{Browser, Options};
use crate::site::Site;

/// What is run where nothing else is asked for.
pub const MODULES: [&str; 5] = [
    "test_thread",
    "test_queue",
    "test_concurrent_futures",
    "test_threading",
    "test_threading_local",
];

/// What a line of the program begins with that says something of a test.
const SIGN: &str = "@cpython@ ";

/// How long one test may take.
const LIMIT: Duration = Duration::from_secs(60);

/// How often to look whether the program has ended.
const EVERY: Duration = Duration::from_millis(250);

/// How many are run in one interpreter: what they leave behind goes with it.
const TOGETHER: usize = 40;

const PACK: &str = include_str!("cpython/pack.py");
const RUN: &str = include_str!("cpython/run.py");

/// What became of a test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// It passed.
    Passed,
    /// It did not.
    Failed,
    /// It says itself that it is not for this platform.
    Skipped,
}

/// All that were run.
#[derive(Debug, Default)]
pub struct Report(BTreeMap<String, (How, String)>);

/// The tests, packed for a program.
struct Tests {
    archive: String,
    modules: Vec<String>,
}

/// What one run of the program says.
#[derive(Debug, Default, PartialEq)]
struct Said {
    names: Vec<String>,
    over: Vec<(String, How, String)>,
    /// The one in which the program ended.
    broken: Option<String>,
}

/// Runs the modules' tests whose names have one of `only` in them, or all; `tell`
/// hears of each.
///
/// # Errors
/// If they cannot be packed, or the page does not work.
pub async fn run(
    site: &Site,
    folder: &Path,
    only: &[String],
    mut tell: impl FnMut(&str, How, &str),
) -> Result<Report> {
    let tests = Tests::pack(folder, &MODULES)?;
    let browser = Browser::with_programs(site, &Options::default()).await?;
    let (listed, end) = tests.said(&browser, None).await?;
    ensure!(!listed.names.is_empty(), "no test can be found: {end}");
    let mut report = Report::default();
    let mut add = |name: &str, how, why: &str| {
        tell(name, how, why);
        report.0.insert(name.to_owned(), (how, why.to_owned()));
    };
    for (name, how, why) in &listed.over {
        add(name, *how, why);
    }
    let is_asked = |name: &String| only.is_empty() || only.iter().any(|part| name.contains(part));
    let mut left: VecDeque<String> = listed.names.into_iter().filter(is_asked).collect();
    while !left.is_empty() {
        let batch: Vec<String> = left.iter().take(TOGETHER).cloned().collect();
        let (said, end) = tests.said(&browser, Some(&batch)).await?;
        for (name, how, why) in &said.over {
            add(name, *how, why);
            left.retain(|one| one != name);
        }
        match said.broken {
            // It may have been what those before it left behind.
            Some(broken) if Some(&broken) != batch.first() => {}
            Some(broken) => {
                add(&broken, How::Failed, &end);
                left.retain(|one| *one != broken);
            }
            None => ensure!(!said.over.is_empty(), "nothing is said of {batch:?}: {end}"),
        }
    }
    Ok(report)
}

impl Tests {
    fn pack(folder: &Path, modules: &[&str]) -> Result<Self> {
        let pyodide = std::env::var_os("PYODIDE").filter(|path| !path.is_empty());
        let pyodide = pyodide.context("PYODIDE does not say where Pyodide is")?;
        let library = Path::new(&pyodide).join("python_stdlib.zip");
        let arguments = [
            OsStr::new("-c"),
            OsStr::new(PACK),
            library.as_os_str(),
            folder.as_os_str(),
        ];
        let output = Command::new("python3")
            .args(arguments)
            .args(modules)
            .output()
            .context("the tests are packed by python3, which is missing")?;
        let problem = String::from_utf8_lossy(&output.stderr);
        ensure!(
            output.status.success(),
            "the tests cannot be packed: {problem}"
        );
        Ok(Self {
            archive: String::from_utf8(output.stdout)?.trim().to_owned(),
            modules: modules.iter().map(|&module| module.to_owned()).collect(),
        })
    }

    fn program(&self, wanted: Option<&[String]>) -> String {
        let wanted = wanted.map_or("None".into(), |names| json!(names).to_string());
        let written = [
            ("{archive}", self.archive.as_str()),
            ("{modules}", &json!(self.modules).to_string()),
            ("{wanted}", &wanted),
            ("{seconds}", &LIMIT.as_secs().to_string()),
            ("{sign}", SIGN),
        ];
        written.iter().fold(RUN.to_owned(), |text, (name, value)| {
            text.replace(&format!("${name}"), value)
        })
    }

    /// Runs the program; what it says, and how it ended.
    async fn said(&self, browser: &Browser, wanted: Option<&[String]>) -> Result<(Said, String)> {
        let source = self.program(wanted);
        browser.wait_for_interpreter().await?;
        let script = format!(
            "const place = document.querySelector('[data-answer]');
             const field = place.querySelector('[data-part=program]');
             field.value = {};
             field.dispatchEvent(new Event('input', {{ bubbles: true }}));
             place.querySelector('[data-action=answer]').click();",
            json!(source)
        );
        browser.js::<()>(&script).await?;
        let look = "const place = document.querySelector('[data-answer]');
             return [place.dataset.program, place.dataset.outcome,
                     place.querySelector('[data-part=output]')?.textContent ?? ''];";
        let read = async || browser.js::<[String; 3]>(look).await;
        let mut heard = (0, Instant::now());
        let [outcome, printed] = loop {
            let [word, outcome, printed] = read().await?;
            if matches!(word.as_str(), "ended" | "failed") {
                break [outcome, printed];
            }
            if heard.0 != printed.len() {
                heard = (printed.len(), Instant::now());
            }
            // One that lets nobody else on is not ended by the program itself.
            if heard.1.elapsed() > 2 * LIMIT {
                let press = "document.querySelector('[data-action=answer]').click();";
                browser.js::<()>(press).await?;
            }
            tokio::time::sleep(EVERY).await;
        };
        let last = printed.lines().rev().find(|line| !line.trim().is_empty());
        let end = format!(
            "the program ends by “{outcome}”: {}",
            last.unwrap_or_default()
        );
        Ok((Said::read(&printed)?, end))
    }
}

impl Said {
    fn read(printed: &str) -> Result<Self> {
        let mut said = Self::default();
        for line in printed.lines().filter_map(|line| line.strip_prefix(SIGN)) {
            let parts: Vec<&str> = line.split('\t').collect();
            match parts[..] {
                ["test", name] => said.names.push(name.into()),
                ["begins", name] => said.broken = Some(name.into()),
                ["over" | "module", name, how, why] => {
                    let how = match how {
                        "passed" => How::Passed,
                        "skipped" => How::Skipped,
                        _ => How::Failed,
                    };
                    said.broken = None;
                    said.over.push((name.into(), how, why.into()));
                }
                ["done"] => {}
                _ => bail!("a test says “{line}”"),
            }
        }
        Ok(said)
    }
}

impl Report {
    fn of(&self, how: How) -> impl Iterator<Item = (&str, &str)> {
        let all = self.0.iter().filter(move |(_, (one, _))| *one == how);
        all.map(|(name, (_, why))| (name.as_str(), why.as_str()))
    }

    /// How many of a module's tests came to that.
    fn count(&self, module: &str, how: How) -> usize {
        let all = self.of(how);
        let of_it = |name: &str| name.split('.').nth(1) == Some(module);
        all.filter(|(name, _)| of_it(name)).count()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for how in [How::Skipped, How::Failed] {
            let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
            for (name, why) in self.of(how) {
                reasons.entry(why).or_default().push(name);
            }
            for (why, names) in reasons {
                writeln!(f, "{how:?}, {}: {why}", names.len())?;
                for name in names {
                    writeln!(f, "    {name}")?;
                }
            }
        }
        writeln!(
            f,
            "{:26} {:>7} {:>7} {:>7}",
            "", "passed", "failed", "skipped"
        )?;
        let row = |f: &mut fmt::Formatter<'_>, name: &str, of: &dyn Fn(How) -> usize| {
            let [passed, failed, skipped] = [How::Passed, How::Failed, How::Skipped].map(of);
            writeln!(f, "{name:26} {passed:>7} {failed:>7} {skipped:>7}")
        };
        for module in MODULES {
            row(f, module, &|how| self.count(module, how))?;
        }
        row(f, "together", &|how| self.of(how).count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_program_says_is_read_and_the_rest_left_out() -> Result<()> {
        let said = Said::read(
            "noise\n@cpython@ begins\ttest.a.B.c\n@cpython@ over\ttest.a.B.c\tpassed\t\n\
             @cpython@ begins\ttest.a.B.d\n@cpython@ over\ttest.a.B.d\terror\tOSError: no\n\
             @cpython@ begins\ttest.a.B.e\n",
        )?;
        assert_eq!(said.over.len(), 2);
        assert_eq!(said.over[1].1, How::Failed);
        assert_eq!(said.broken.as_deref(), Some("test.a.B.e"));
        assert!(Said::read("@cpython@ thunder").is_err());
        Ok(())
    }

    #[test]
    fn reasons_are_grouped_and_counted() {
        let mut report = Report::default();
        for (name, how) in [("x", How::Failed), ("y", How::Failed), ("z", How::Passed)] {
            let name = format!("test.test_queue.T.{name}");
            report.0.insert(name, (how, "no fork".into()));
        }
        let text = report.to_string();
        assert!(text.starts_with("Failed, 2: no fork\n"), "{text}");
        assert_eq!(report.count("test_queue", How::Passed), 1);
        assert_eq!(report.count("test_thread", How::Passed), 0);
    }
}
