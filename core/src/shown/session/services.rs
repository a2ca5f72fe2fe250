//! The services that a program can call: those of the page, by name, and nothing
//! else in the world.

use crate::asked::scenario::{Drawn, FaultKind, MAX_LATENCY, STATUSES, parse_name};
use crate::millis::Millis;

/// The most calls of a program.
pub const MOST_CALLS: usize = 1_000;

/// What is said of the next.
pub(super) const TOO_MANY: &str = "A program makes 1,000 calls at the most.";

/// The services that have a time of their own.
const KNOWN: [(&str, f64); 3] = [("user", 500.0), ("billing", 800.0), ("orders", 1200.0)];

/// What any other takes.
const USUAL: Millis = Millis::new(500.0);

/// A call as a program asks for it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Request {
    /// The service.
    pub name: String,
    /// The thread that asks, as the interpreter names it, and its line.
    pub thread: String,
    /// The line at which it asks, from 1.
    pub line: Option<u32>,
    /// How long it is to take, in milliseconds, if the program says so.
    pub ms: Option<f64>,
    /// The status that it is to answer with, if the program says so.
    pub status: Option<f64>,
}

impl Request {
    /// What is asked of the service.
    ///
    /// # Errors
    /// A sentence for the program's author.
    pub fn drawn(&self) -> Result<Drawn, String> {
        parse_name(&self.name).map_err(|error| error.to_string())?;
        let known = KNOWN.iter().find(|(name, _)| *name == self.name);
        let usual = known.map_or(USUAL, |(_, ms)| Millis::new(*ms));
        let latency = self.ms.map_or(usual, Millis::new);
        if latency < Millis::ZERO || latency > MAX_LATENCY {
            return Err("ms is 0 to 30000.".into());
        }
        #[expect(clippy::float_cmp, reason = "no other number means that all is well")]
        let status = self.status.filter(|status| *status != 200.0);
        let fault = status.map(fault).transpose()?;
        Ok(Drawn { latency, fault })
    }
}

fn fault(status: f64) -> Result<FaultKind, String> {
    let mut statuses = STATUSES;
    #[expect(clippy::float_cmp, reason = "no other number will do")]
    let found = statuses.find(|one| f64::from(*one) == status);
    let wrong = || "status is 200, or 400 to 599.".to_owned();
    found.map(FaultKind::Status).ok_or_else(wrong)
}
