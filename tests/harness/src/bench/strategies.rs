//! Many calls of 100 ms by this page, beside what people write by hand: plain
//! JavaScript in the same page and, over HTTP, Python's threads. All call the
//! same services in one run, in turns.

mod contest;

use std::path::Path;

use anyhow::Result;

use super::{Asked, Row, Unit, median};
use contest::{Contest, Totals, Who};

/// What each call takes, by itself.
const LATENCY_MS: u32 = 100;

/// The pool's limit; also a browser's for one host, and the threads of Python's.
const LIMIT: usize = 6;

/// The page's own limit for one kitchen; more calls are so many kitchens that
/// run at once, and as many lists of plain JavaScript.
const KITCHEN: usize = 1_000;

/// What the page may take of plain JavaScript's time: so much of its own time,
/// and of its ratio to Python's threads, which no page can be below.
const THAN_JAVASCRIPT: f64 = 1.02;

/// Calls, and how often they are measured: the shorter a run is, the more of it
/// is chance.
type Size = (usize, usize);

const EMBEDDED: &[Size] = &[(3, 11), (30, 7), (300, 3), (3_000, 3)];
const OVER_HTTP: &[Size] = &[(3, 11), (30, 7), (300, 3)];

/// How the calls are set going.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Strategy {
    Join,
    Pool,
}

impl Strategy {
    const ALL: [Self; 2] = [Self::Join, Self::Pool];

    /// Its word in the query string and in results.
    fn word(self) -> String {
        match self {
            Self::Join => "join".into(),
            Self::Pool => format!("pool:{LIMIT}"),
        }
    }
}

/// Who answers the calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Via {
    ServiceWorker,
    Http,
}

impl Via {
    fn words(self) -> &'static str {
        match self {
            Self::ServiceWorker => "service worker",
            Self::Http => "HTTP",
        }
    }

    /// Who else makes the calls.
    fn others(self) -> &'static [Who] {
        const OTHERS: &[Who] = &[Who::JavaScript, Who::Urllib, Who::HttpClient];
        match self {
            Self::ServiceWorker => &OTHERS[..1],
            Self::Http => OTHERS,
        }
    }

    /// What the calls take if nobody adds anything to them.
    fn theory(self, strategy: Strategy, calls: usize) -> f64 {
        let calls = calls.min(KITCHEN);
        let waves = match (self, strategy) {
            (Self::ServiceWorker, Strategy::Join) => 1,
            _ => calls.div_ceil(LIMIT),
        };
        count(waves) * f64::from(LATENCY_MS)
    }
}

pub(super) async fn measure(dist: &Path) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (via, sizes) in [(Via::ServiceWorker, EMBEDDED), (Via::Http, OVER_HTTP)] {
        let mut contests = Vec::new();
        for &(calls, rounds) in sizes {
            eprintln!("  {calls} calls, {} …", via.words());
            let contest = Contest::hold(dist, via, calls, rounds).await?;
            for strategy in Strategy::ALL {
                rows.extend(beside_others(&contest, strategy));
            }
            contests.push(contest);
        }
        for strategy in Strategy::ALL {
            rows.extend(growth(&contests, strategy));
        }
        rows.push(in_flight(&contests));
    }
    Ok(rows)
}

/// A size's totals as shares of the others'.
fn beside_others(contest: &Contest, strategy: Strategy) -> Vec<Row> {
    let page = contest.totals(Who::Page, strategy);
    let others = contest.via.others().iter();
    others
        .map(|&who| {
            let other = contest.totals(who, strategy);
            let (page, other) = (page.median(), other.median());
            let plain = contest.totals(Who::JavaScript, strategy).median();
            Row {
                what: format!("{} ÷ {}’s", what(contest, strategy), who.name()),
                measured: page / other,
                unit: Unit::Ratio,
                asked: Asked::AtMost(plain / other * THAN_JAVASCRIPT),
                note: format!(
                    "medians of {}: {} and {}{}",
                    contest.rounds,
                    Unit::Millis.show(page),
                    Unit::Millis.show(other),
                    aside(contest, who, strategy, other)
                ),
            }
        })
        .collect()
}

/// What else has to be known of a total that the page is measured beside.
fn aside(contest: &Contest, who: Who, strategy: Strategy, other: f64) -> String {
    match who {
        _ if contest.calls > KITCHEN => {
            format!(", {} times {KITCHEN} at once", contest.calls / KITCHEN)
        }
        Who::Urllib | Who::HttpClient => {
            let plain = contest.totals(Who::JavaScript, strategy).median() / other;
            format!("; JavaScript’s ratio: {}", Unit::Ratio.show(plain))
        }
        Who::Page | Who::JavaScript => String::new(),
    }
}

/// What is added to theory, for each call: at each size, and whether it grows.
fn growth(contests: &[Contest], strategy: Strategy) -> Vec<Row> {
    let overhead = |contest: &Contest, who| {
        let theory = contest.via.theory(strategy, contest.calls);
        (contest.totals(who, strategy).median() - theory) / count(contest.calls)
    };
    let mut rows: Vec<Row> = contests
        .iter()
        .map(|contest| Row {
            what: format!("{}: overhead a call", what(contest, strategy)),
            measured: overhead(contest, Who::Page),
            unit: Unit::Millis,
            asked: Asked::Nothing,
            note: format!(
                "JavaScript’s: {}; in theory the whole takes {} ms",
                Unit::Millis.show(overhead(contest, Who::JavaScript)),
                contest.via.theory(strategy, contest.calls)
            ),
        })
        .collect();
    if let [few, .., many] = contests {
        rows.push(Row {
            what: format!(
                "{}, {}: overhead a call at {} ÷ at {}",
                few.via.words(),
                strategy.word(),
                many.calls,
                few.calls
            ),
            measured: overhead(many, Who::Page) / overhead(few, Who::Page),
            unit: Unit::Ratio,
            asked: Asked::AtMost(1.0),
            note: "1 would be linear in the calls".into(),
        });
    }
    rows
}

/// The most that any pool had in flight.
fn in_flight(contests: &[Contest]) -> Row {
    let most = contests.iter().map(|contest| contest.most_in_flight).max();
    let via = contests.first().map_or(Via::Http, |contest| contest.via);
    Row {
        what: format!("{}, pool:{LIMIT}: most in flight", via.words()),
        measured: most.map_or(f64::NAN, count),
        unit: Unit::Count,
        asked: Asked::AtMost(count(LIMIT)),
        note: match via {
            Via::ServiceWorker => "in the page’s recordings",
            Via::Http => "as the server counts",
        }
        .into(),
    }
}

fn what(contest: &Contest, strategy: Strategy) -> String {
    let Contest { calls, via, .. } = contest;
    format!("{calls} calls, {}, {}", via.words(), strategy.word())
}

#[expect(clippy::cast_precision_loss, reason = "there are few calls")]
fn count(things: usize) -> f64 {
    things as f64
}

impl Totals {
    fn median(&self) -> f64 {
        median(&mut self.0.clone())
    }
}
