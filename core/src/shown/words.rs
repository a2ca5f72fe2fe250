//! What people see things called.

use crate::asked::config::{Config, Mode, listed};
use crate::asked::scenario::Scenario;
use crate::asked::strategy::Strategy;
use crate::decimal;
use crate::markup::Text;
use crate::millis::Millis;
use crate::outside::{isolated, legible};
use crate::recorded::provenance::{Origin, Provenance, Source};
use crate::recorded::recording::Recording;
use crate::text::{concat, join};

/// A strategy's name for people, of 18 characters at the most: it heads a kitchen.
#[must_use]
pub fn title(strategy: Strategy) -> Text {
    match strategy {
        Strategy::Sequential => "One after another".into(),
        Strategy::Join => "All at once".into(),
        Strategy::Pool(1) => "One at a time".into(),
        Strategy::Pool(limit) => format!("{limit} at a time").into(),
        Strategy::FailFast => "Stop at a failure".into(),
        Strategy::First => "First answer wins".into(),
        Strategy::Workers(0) => "A worker per core".into(),
        Strategy::Workers(1) => "One worker".into(),
        Strategy::Workers(limit) => format!("{limit} workers").into(),
    }
}

/// What is asked about a kitchen before it is run.
#[must_use]
pub fn question(strategy: Strategy, calls: usize) -> Text {
    match (strategy, calls) {
        (Strategy::Sequential, _) => "One after another?".into(),
        (Strategy::Join, 1) => "And like this?".into(),
        (Strategy::Join, 2) => "Both at once?".into(),
        (Strategy::Join, 3) => "All three at once?".into(),
        (Strategy::Join, _) => format!("All {calls} at once?").into(),
        (Strategy::Pool(limit), _) => format!("{limit} at a time?").into(),
        (Strategy::FailFast, _) => "Until one fails?".into(),
        (Strategy::First, _) => "Until one answers?".into(),
        (Strategy::Workers(_), _) => concat(&[&title(strategy), "?"]).into(),
    }
}

/// A run's name for people.
#[must_use]
pub fn title_of(provenance: &Provenance) -> Text {
    match provenance {
        Provenance::Ran(strategy) => title(*strategy),
        Provenance::Elsewhere(_, title) => legible(title, usize::MAX).into(),
    }
}

/// The same within a sentence.
#[must_use]
pub fn within(provenance: &Provenance) -> String {
    let mut title = title_of(provenance).into_owned();
    if let (Provenance::Ran(_), Some(initial)) = (provenance, title.get_mut(..1)) {
        initial.make_ascii_lowercase();
    }
    title
}

/// Who cooks like that.
#[must_use]
pub fn chef(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::Sequential => "The chef who waits",
        Strategy::Join => "The expert chef",
        Strategy::Pool(_) => "The chef with so many burners",
        Strategy::FailFast => "The chef who saves gas",
        Strategy::First => "The chef who hedges",
        Strategy::Workers(_) => "More chefs, a kitchen each",
    }
}

/// Who cooked a run.
#[must_use]
pub fn chef_of(provenance: &Provenance) -> &'static str {
    match provenance {
        Provenance::Ran(strategy) => chef(*strategy),
        Provenance::Elsewhere(Origin::Program, _) => "Your own program",
        Provenance::Elsewhere(Origin::Import, _) => "Imported: cooked elsewhere",
        Provenance::Elsewhere(Origin::Theory, _) => "Says theory, by your times",
    }
}

/// What a strategy's total should be in that recording, in words.
#[must_use]
pub fn theory(strategy: Strategy, recording: &Recording) -> &'static str {
    match strategy {
        Strategy::Sequential if recording.scenario().is_timed() => "the schedule",
        Strategy::Sequential => "the sum",
        Strategy::Join if recording.is_scheduled() => "the schedule",
        Strategy::Join => "the longest",
        Strategy::Pool(_) | Strategy::Workers(_) => "the schedule",
        Strategy::FailFast => "the first failure",
        Strategy::First => "the quickest",
    }
}

/// What a strategy is for.
#[must_use]
pub fn purpose(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::Sequential => {
            "When each call needs what the one before it answered. Otherwise its waits add up. \
             Here a failure is caught, and the next call is made all the same."
        }
        Strategy::Join => {
            "When all answers are needed and the services can take it. Every outcome is kept, \
             failures too."
        }
        Strategy::Pool(_) => {
            "When there are many calls: as many in flight as the service, the sockets or good \
             manners allow, the rest in line."
        }
        Strategy::FailFast => {
            "When one failure makes the rest worthless: what is still in flight is cancelled."
        }
        Strategy::First => {
            "When any one answer will do, say of several mirrors: the losers are cancelled."
        }
        Strategy::Workers(_) => {
            "When it is the processor that is slow: each worker has a thread and memory of its \
             own. Starting it and sending it messages has a price."
        }
    }
}

/// Where the latencies come from, as a short label and a sentence.
#[must_use]
pub fn source(source: Source) -> (&'static str, &'static str) {
    match source {
        Source::ServiceWorker => (
            "service worker",
            "Real fetch() calls, answered by this page's own service worker: \
             watch them in the network panel.",
        ),
        Source::Network => (
            "network",
            "Real fetch() calls over the network, one kitchen after the other, so that they do \
             not take each other's connections.",
        ),
        Source::Program => (
            "program",
            "Your own program: it made these calls on this page, and their times were measured.",
        ),
        Source::Imported => (
            "imported",
            "Imported: these times were measured elsewhere, and this page called nothing.",
        ),
        Source::Ahead => (
            "drawn ahead",
            "Drawn ahead: this is what theory expects at that moment. Nothing was called; Run \
             makes the calls.",
        ),
        Source::Processor => (
            "processor",
            "Real work of this machine’s processor, one kitchen after the other; nothing is called.",
        ),
        Source::Simulated => (
            "simulated",
            "Simulated: there is no service worker here to answer real calls, \
             so timers stand in for them.",
        ),
    }
}

/// How the kitchens run, for a choice between the two.
#[must_use]
pub fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Race => "All kitchens together",
        Mode::Turns => "One kitchen at a time",
    }
}

/// `a`, `a and b`, `a, b and c`, each with a direction of its own; of many the first
/// few and how many more.
#[must_use]
pub fn list(names: &[&str]) -> String {
    const MOST: usize = 5;
    let names: Vec<String> = names.iter().map(|name| isolated(name)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (shown, rest) = match names.split_at_checked(MOST - 1) {
        Some(halves) if names.len() > MOST => halves,
        _ => return listed(&names),
    };
    format!("{} and {} more", join(shown, ", "), rest.len())
}

/// What to look for in a scenario: a preset's own sentence, and of others what
/// theory says of them.
#[must_use]
pub fn about(config: &Config) -> Text {
    let scenario = &config.scenario;
    if let Some(preset) = scenario.of_preset() {
        return preset.sentence.into();
    }
    let time = |strategy: Strategy| strategy.predict(&scenario.tasks, &config.policy_in_effect());
    if scenario.computes() {
        return frozen(scenario).into();
    }
    let calls = match scenario.tasks.len() {
        1 => "call".into(),
        many => concat(&[&*count(many), " calls"]),
    };
    let parts = match (time(Strategy::Sequential), time(Strategy::Join)) {
        (Some(sum), Some(_)) if scenario.tasks.len() == 1 => concat(&[": ", &sum.spoken(), ""]),
        // What is waited for is no part of any call's own time.
        (Some(sum), Some(all)) if scenario.is_timed() || scenario.has_limits() => concat(&[
            ": one after another ",
            &sum.spoken(),
            ", all at once ",
            &all.spoken(),
        ]),
        (Some(sum), Some(longest)) => concat(&[
            ": together ",
            &sum.spoken(),
            ", the longest ",
            &longest.spoken(),
        ]),
        _ => ": how long they take is known when they are made".into(),
    };
    concat(&["Your own ", &calls, &parts, "."]).into()
}

/// A warning of what work on the page's own thread does to the page.
fn frozen(scenario: &Scenario) -> String {
    let mut longest = Millis::ZERO;
    for task in &scenario.tasks {
        longest = longest.max(task.work.compute().unwrap_or_default());
    }
    concat(&[
        "Your own work: while the page’s own thread does it, the page stands still, for ",
        &longest.spoken(),
        " at a time. Reset stops it in between.",
    ])
}

/// A small number in letters, a larger one in digits.
#[must_use]
pub fn count(number: usize) -> Text {
    const LETTERS: [&str; 12] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    match LETTERS.get(number.wrapping_sub(1)) {
        Some(letters) => (*letters).into(),
        None => number.to_string().into(),
    }
}

/// Seconds with two digits, which move without making the line jump.
#[must_use]
pub fn readout(time: Millis) -> String {
    format!("{} s", decimal::fixed(time.ms() / 1000.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asked::config::UrlParts;

    #[test]
    fn sentences_have_one_space_between_words() {
        for strategy in Strategy::ALL {
            assert!(!purpose(strategy).contains("  "), "{}", purpose(strategy));
        }
    }

    #[test]
    fn a_title_fits_over_a_kitchen() {
        for strategy in Strategy::ALL.into_iter().chain([Strategy::Pool(1000)]) {
            let title = title(strategy);
            assert!(title.chars().count() <= 18, "{title}");
        }
        let ran = Provenance::Ran(Strategy::Sequential);
        assert_eq!(within(&ran), "one after another");
        let elsewhere = Provenance::Elsewhere(Origin::Program, "Main".into());
        assert_eq!(within(&elsewhere), "Main");
    }

    #[test]
    fn every_scenario_says_what_to_look_for() {
        let url = |_: &str| {
            let (href, scheme) = ("https://a.example/".into(), "https".into());
            let has_credentials = false;
            Some(UrlParts {
                href,
                scheme,
                has_credentials,
            })
        };
        for (query, sentence) in [
            ("scenario=flaky", Scenario::PRESETS[2].sentence),
            (
                "tasks=a:500,b:800,c:1200",
                "Your own three calls: together 2.5 s, the longest 1.2 s.",
            ),
            ("tasks=a:500", "Your own call: 500 ms."),
            (
                "tasks=a:500,b:100@600",
                "Your own two calls: one after another 700 ms, all at once 700 ms.",
            ),
            // What is tried again, is counted with its waits.
            (
                "tasks=a:500,b:100:503&retries=1&backoff=0",
                "Your own two calls: together 700 ms, the longest 500 ms.",
            ),
            (
                "endpoint=a@https://a.example/&tasks=a:?,b:5",
                "Your own two calls: how long they take is known when they are made.",
            ),
        ] {
            assert_eq!(about(&Config::parse(query, url).0), sentence);
        }
        assert_eq!(
            [count(0), count(1), count(12), count(13)],
            ["0", "one", "twelve", "13"]
        );
    }

    #[test]
    fn long_lists_say_how_much_they_leave_out() {
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(list(&["a"; 1000]), "a, a, a, a and 996 more");
    }
}
