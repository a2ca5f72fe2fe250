//! A program in one of the languages: its text, and a run of it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use tokio::process::Command;

use crate::Result;
use crate::front::Front;
use crate::runnable::Watch;

/// All of them, each in every language.
pub const NAMES: [&str; 11] = [
    "sequential",
    "join",
    "threads",
    "pool",
    "fail-fast",
    "first",
    "plain",
    "answer",
    "cpu-sequential",
    "cpu-join",
    "cpu-workers",
];

/// One of the binaries of this package: the others lie beside it.
const RUST: &str = env!("CARGO_BIN_EXE_sequential");

/// What a shell ends with when there is no such program.
const NOT_FOUND: i32 = 127;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Python,
    JavaScript,
    Rust,
}

pub use Language::{JavaScript, Python, Rust};

pub const LANGUAGES: [Language; 3] = [Python, JavaScript, Rust];

impl Language {
    /// The folder of its programs, how their names end, and what comes before
    /// a marker.
    pub fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Python => ("python", "py", "  #: "),
            JavaScript => ("javascript", "mjs", "  //: "),
            Rust => ("rust", "rs", "  //: "),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Program {
    pub name: &'static str,
    pub language: Language,
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.name, self.language.words().0)
    }
}

/// What came of a run.
#[derive(Debug)]
pub struct Run {
    /// Whether the program says that all is well.
    pub good: bool,
    pub lines: Vec<String>,
    pub errors: String,
    /// What all took, the language's own start included.
    pub wall: Duration,
}

impl Run {
    /// What the program says that it took.
    pub fn total(&self) -> Option<f64> {
        let last = self.lines.last()?.strip_prefix("total")?;
        let text = last.trim_start_matches(':').trim();
        let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let number: f64 = text.strip_suffix(unit)?.parse().ok()?;
        match unit.trim() {
            "s" => Some(number),
            "ms" => Some(number / 1000.0),
            _ => None,
        }
    }

    /// The answers printed, by the services' names.
    pub fn answers(&self) -> Vec<&str> {
        let names = ["user", "billing", "orders"];
        let lines = self.lines.iter().filter(|line| line.contains("service"));
        lines
            .filter_map(|line| names.into_iter().find(|name| line.contains(name)))
            .collect()
    }

    /// The first words of what was said of starts and ends.
    pub fn log(&self) -> Vec<&str> {
        let words = self.lines.iter().filter_map(|line| line.split(' ').next());
        words
            .filter(|word| ["start", "done"].contains(word))
            .collect()
    }
}

impl Program {
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.into_iter().flat_map(Self::each)
    }

    /// It in each of the languages.
    pub fn each(name: &'static str) -> impl Iterator<Item = Self> {
        LANGUAGES
            .into_iter()
            .map(move |language| Self { name, language })
    }

    pub fn path(self) -> PathBuf {
        let (folder, end, _) = self.language.words();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        root.join(folder).join(format!("{}.{end}", self.name))
    }

    pub fn text(self) -> Result<String> {
        let path = self.path();
        std::fs::read_to_string(&path)
            .map_err(|error| format!("{}: {error}", path.display()).into())
    }

    /// Runs the program as it stands; its calls go to that front.
    pub async fn run(self, front: &Front) -> Result<Run> {
        let proxy = format!("http://127.0.0.1:{}", front.port);
        self.finish(&proxy, self.command(front.port), None).await
    }

    /// Runs a program that makes no calls, while that watch looks on, and says
    /// how much of processors it was given, be it by several at once.
    pub async fn work(self, watch: &Watch) -> Result<(Run, Duration)> {
        let plain = self.command(0);
        let plain = plain.as_std();
        let mut command = Command::new("sh");
        command.args(["-c", "\"$@\"; code=$?; times >&2; exit $code", "sh"]);
        command.arg(plain.get_program()).args(plain.get_args());
        let run = self.finish("", command, Some(watch)).await?;
        // The last line is of the shell's children, their own included.
        let used = run.errors.lines().last().unwrap_or_default();
        let used: Option<f64> = used.split_whitespace().map(seconds).sum();
        let used = used.ok_or_else(|| format!("{self}: no times in {:?}", run.errors))?;
        Ok((run, Duration::from_secs_f64(used)))
    }

    fn command(self, port: u16) -> Command {
        match self.language {
            Python => {
                let mut python = Command::new("python3");
                python.arg(self.path());
                python
            }
            JavaScript => {
                let mut node = Command::new("node");
                let to_front = format!(
                    "const real=fetch;globalThis.fetch=(url,how)=>\
                     {{const at=new URL(url);at.port={port};return(real(at,how))}}"
                );
                node.arg("--import");
                node.arg(format!("data:text/javascript,{to_front}"));
                node.arg(self.path());
                node
            }
            Rust => Command::new(Path::new(RUST).with_file_name(self.name)),
        }
    }

    async fn finish(self, proxy: &str, mut command: Command, watch: Option<&Watch>) -> Result<Run> {
        // Lines that threads print must not mix, and no proxy of the
        // machine's may come between.
        for name in [
            "PYTHONUNBUFFERED",
            "NO_PROXY",
            "no_proxy",
            "ALL_PROXY",
            "all_proxy",
            "HTTP_PROXY",
        ] {
            command.env_remove(name);
        }
        command
            .env("http_proxy", proxy)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        let began = Instant::now();
        let ended = async {
            let child = command.spawn()?;
            let process = child.id();
            tokio::select! {
                output = child.wait_with_output() => output,
                () = looked_at(process, watch) => Err(std::io::ErrorKind::Other.into()),
            }
        };
        let output = match ended.await {
            Ok(output) if output.status.code() == Some(NOT_FOUND) => Err("not found".into()),
            Ok(output) => Ok(output),
            Err(error) => Err(error.to_string()),
        };
        let output = output.map_err(|problem| {
            format!(
                "{self} cannot be run: {problem}. The tests of the snippets need python3 and \
                 node (20.6 or later) on the PATH."
            )
        })?;
        let lines = String::from_utf8(output.stdout)?;
        Ok(Run {
            good: output.status.success(),
            lines: lines.lines().map(str::to_owned).collect(),
            errors: String::from_utf8_lossy(&output.stderr).into(),
            wall: began.elapsed(),
        })
    }
}

/// Never ends: who waits for it waits for something else too.
async fn looked_at(process: Option<u32>, watch: Option<&Watch>) {
    match (process, watch) {
        (Some(process), Some(watch)) => watch.follow(process).await,
        _ => std::future::pending().await,
    }
}

/// Reads what the shell's `times` says: `1m2.5s`.
fn seconds(text: &str) -> Option<f64> {
    let (minutes, seconds) = text.strip_suffix('s')?.split_once('m')?;
    Some(minutes.parse::<f64>().ok()? * 60.0 + seconds.parse::<f64>().ok()?)
}
