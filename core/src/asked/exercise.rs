//! Exercises: what a reader's program is asked to do, which services there are, and
//! what is checked of what it did. They are files (`www/exercises/`), which the
//! build puts into one.

mod best;

use crate::asked::language::Language;
use crate::asked::retry::RetryPolicy;
use crate::asked::scenario::{Call, Drawn, Task, parse_tasks};
use crate::decimal::{parse, whole};
use crate::millis::Millis;
use crate::text::{cut, parts, trim};

pub use best::Job;

/// One exercise.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exercise {
    /// Its name, in links too.
    pub name: String,
    /// What people see it called.
    pub title: String,
    /// What is to be done, in a sentence or two.
    pub task: String,
    /// The services that can be asked.
    pub services: Vec<Task>,
    /// How many calls may be in flight together.
    pub limit: Option<usize>,
    /// Which service can only be asked once which other has answered.
    pub needs: Vec<(String, String)>,
    /// The lines that it has to write, in this order.
    pub prints: Vec<String>,
    /// How many times as long as the best possible it may take.
    pub ratio: Option<f64>,
    /// Whether each service is to be asked once.
    pub is_once: bool,
    /// What else is checked.
    pub checks: Vec<Check>,
    /// Its programs, by the names of their files, and what is said of them.
    pub files: Vec<(String, String)>,
}

/// What is checked of a program.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Check {
    /// It writes what it has to.
    Prints,
    /// It asks every service, and none more often than it has to.
    Asks,
    /// It asks nothing before what that needs has answered.
    Needs,
    /// It takes little longer than the best possible.
    Time,
    /// No more calls are in flight than may be.
    Limit,
    /// It ends well though a call failed.
    Survives,
    /// No call begins after the first that failed, and it is over soon.
    Stops,
    /// A call that takes longer than this is given up, and not waited for.
    GivesUp(Millis),
    /// A call that failed is tried again after a wait that grows.
    BacksOff,
    /// Each answer is written before the next one is there.
    AsTheyCome,
    /// Two or more processes work together.
    Processes,
    /// It computes while its calls are in flight.
    WorksMeanwhile,
    /// No thread outlives the answer.
    NothingLeft,
}

impl Check {
    /// Its word, in files and for a host page.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Prints => "prints",
            Self::Asks => "once",
            Self::Needs => "needs",
            Self::Time => "ratio",
            Self::Limit => "limit",
            Self::Survives => "survives",
            Self::Stops => "stops",
            Self::GivesUp(_) => "gives-up",
            Self::BacksOff => "backs-off",
            Self::AsTheyCome => "as-they-come",
            Self::Processes => "processes",
            Self::WorksMeanwhile => "works-meanwhile",
            Self::NothingLeft => "nothing-left",
        }
    }

    /// The one of that word, of those that an exercise asks for; with a number after
    /// a colon, if it takes one.
    fn of(word: &str) -> Option<Self> {
        if let Some((word, number)) = cut(word, b':') {
            let after = Millis::new(parse(trim(number))?);
            return (word == "gives-up").then_some(Self::GivesUp(after));
        }
        let all = [
            Self::Survives,
            Self::Stops,
            Self::BacksOff,
            Self::AsTheyCome,
            Self::Processes,
            Self::WorksMeanwhile,
            Self::NothingLeft,
        ];
        all.into_iter().find(|check| check.word() == word)
    }
}

impl Exercise {
    /// Reads exercises as a build writes them. A line `=name` begins one; then come
    /// its own lines, `key: value`; then its files, a line `@name` before each and a
    /// tab before each of their lines.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence for its author.
    pub fn read(text: &str) -> Result<Vec<Self>, String> {
        let mut exercises: Vec<Self> = Vec::new();
        for line in parts(text, b'\n') {
            if let Some(name) = line.strip_prefix('=') {
                exercises.push(Self {
                    name: name.into(),
                    ..Self::default()
                });
                continue;
            }
            let Some(exercise) = exercises.last_mut() else {
                continue;
            };
            if let Some(name) = line.strip_prefix('@') {
                exercise.files.push((name.into(), String::new()));
            } else if let Some(line) = line.strip_prefix('\t') {
                if let Some((_, file)) = exercise.files.last_mut() {
                    file.push_str(line);
                    file.push('\n');
                }
            } else if !trim(line).is_empty() {
                let name = &exercise.name;
                let wrong = format!("{name}: “{line}” is no line of an exercise.");
                exercise.take(line).ok_or(wrong)?;
            }
        }
        Ok(exercises)
    }

    fn take(&mut self, line: &str) -> Option<()> {
        let (key, value) = cut(line, b':')?;
        let value = trim(value);
        let is_yes = value == "yes";
        match trim(key) {
            "title" => self.title = value.into(),
            "task" => self.task = value.into(),
            "services" => self.services = parse_tasks(value).ok()?,
            "limit" => self.limit = Some(whole(value)? as usize),
            "needs" => {
                for pair in parts(value, b',') {
                    let (later, first) = cut(trim(pair), b'<')?;
                    self.needs.push((later.into(), first.into()));
                }
            }
            "prints" => self.prints.push(value.into()),
            "ratio" => self.ratio = Some(parse(value)?),
            "once" => self.is_once = is_yes,
            "checks" => {
                for word in parts(value, b',') {
                    self.checks.push(Check::of(trim(word))?);
                }
            }
            // Alone on its line, since it has a number.
            "gives-up" => self.checks.push(Check::GivesUp(Millis::new(parse(value)?))),
            _ => return None,
        }
        Some(())
    }

    /// The text of one of its files.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&str> {
        let file = self.files.iter().find(|(known, _)| known == name);
        file.map(|(_, text)| &**text)
    }

    /// What is said of its model answer of that level: in that language, if there are
    /// words of its own.
    #[must_use]
    pub fn said_of(&self, level: &str, language: Language) -> Option<&str> {
        let own = self.file(&language.text(level));
        own.or_else(|| self.file(&Language::Python.text(level)))
    }

    /// All that is checked, in the order in which it is said.
    #[must_use]
    pub fn all_checks(&self) -> Vec<Check> {
        let mut checks = Vec::new();
        if !self.prints.is_empty() {
            checks.push(Check::Prints);
        }
        if self.is_once {
            checks.push(Check::Asks);
        }
        if !self.needs.is_empty() {
            checks.push(Check::Needs);
        }
        if self.limit.is_some() {
            checks.push(Check::Limit);
        }
        checks.extend(&self.checks);
        if self.ratio.is_some() {
            checks.push(Check::Time);
        }
        checks
    }

    /// What one of its services is asked for, the call of that number, from 0.
    #[must_use]
    pub fn drawn(&self, name: &str, attempt: u32) -> Option<Drawn> {
        let mut services = self.services.iter().enumerate();
        let (index, task) = services.find(|(_, task)| task.name == name)?;
        let policy = RetryPolicy::default();
        let call: Call<'_> = task.work.target()?.call(name, index, attempt, &policy);
        call.drawn
    }
}
