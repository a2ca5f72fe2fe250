//! Promises of the log.

use expert_chef::view::log::{LogCache, MOST_LINES, WINDOW, log, window};
use expert_chef::view::table::table;
use expert_chef_core::asked::resource::Resource;
use expert_chef_core::asked::scenario::{Scenario, Task};
use expert_chef_core::markup::Element;
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::{Failure, Outcome};
use expert_chef_core::recorded::recording::Run;
use expert_chef_core::run::event::{Event, EventKind};
use expert_chef_core::shown::stage::State;
use proptest::prelude::*;

use crate::{calls, class, content, find, get, has, recording_of, runs, tagged};
use support::tasks;

fn lines<'a>(log: &'a Element, run: &Run) -> Vec<&'a Element> {
    let columns = find(log, &|element| {
        has(element, "data-run", &run.provenance().to_string())
    });
    assert_eq!(columns.len(), 1);
    tagged(columns[0], "button")
}

fn log_at(runs: &[Run], tasks: &[Task], at: Millis) -> Element {
    log(runs, tasks, &[at, at], (0, true), &mut Vec::new())
}

proptest! {
    #[test]
    fn the_log_has_the_events_order(tasks in tasks(), moment in 0.0..1.1_f64) {
        let runs = runs(&tasks);
        let at = runs[0].timeline().last_at() * moment;
        let log = log_at(&runs, &tasks, at);
        for run in &runs {
            let events = run.timeline().events();
            let lines = lines(&log, run);
            let indexes = window(run.timeline().seen(at), events.len());
            prop_assert_eq!(lines.len(), indexes.len());
            for (line, index) in lines.into_iter().zip(indexes) {
                let event = events[index];
                let start = format!("{} {} ", event.at, tasks[event.task].name);
                prop_assert!(content(line).starts_with(&start));
                prop_assert_eq!(class(line, "is-to-come"), event.at > at);
            }
        }
    }

    #[test]
    fn the_log_marks_the_latest_event_and_no_other(tasks in tasks(), moment in -0.1..1.1_f64) {
        let runs = runs(&tasks);
        let at = runs[0].timeline().last_at() * moment;
        let log = log_at(&runs, &tasks, at);
        for run in &runs {
            let latest = run.timeline().events().iter().rposition(|event| event.at <= at);
            let lines = lines(&log, run);
            let indexes = window(run.timeline().seen(at), run.timeline().events().len());
            let now: Vec<usize> = indexes
                .zip(&lines)
                .filter(|(_, line)| has(line, "aria-current", "true"))
                .map(|(index, _)| index)
                .collect();
            prop_assert_eq!(&now, &latest.into_iter().collect::<Vec<_>>());
            let marked: Vec<_> = lines.iter().filter(|line| class(line, "is-now")).collect();
            let current = |line: &&&Element| has(line, "aria-current", "true");
            prop_assert!(marked.len() <= 1 && marked.iter().all(current));
            prop_assert_eq!(marked.len(), usize::from(latest.is_some()));
        }
    }

    #[test]
    fn the_window_always_contains_the_current_event(room in 0..5_000_usize, part in 0.0..=1.0_f64) {
        let seen = (room as f64 * part) as usize;
        let window = window(seen, room);
        prop_assert!(window.end <= room);
        prop_assert_eq!(window.len(), if room <= MOST_LINES { room } else { WINDOW });
        if seen > 0 {
            prop_assert!(window.contains(&(seen - 1)));
        }
    }

    #[test]
    fn a_line_leads_to_a_time_at_which_its_event_has_happened(
        times in proptest::collection::vec(0.0..60_000.0_f64, 1..30),
    ) {
        let mut times = times;
        times.sort_by(f64::total_cmp);
        let tasks = calls(times.len());
        let queued = times.into_iter().enumerate().map(|(task, ms)| {
            Event { at: Millis::new(ms), task, kind: EventKind::Queued }
        });
        let recording = recording_of(&tasks, &[queued.collect()]);
        let runs = recording.runs();
        let log = log_at(runs, &tasks, Millis::ZERO);
        for (index, line) in lines(&log, &runs[0]).into_iter().enumerate() {
            let written = get(line, "data-at").and_then(expert_chef_core::decimal::parse);
            let written = written.expect("a time");
            let real = runs[0].timeline().events()[index].at.ms();
            prop_assert!(written >= real && written < real + 0.021, "{written} {real}");
        }
    }
}

#[test]
fn both_orders_can_be_compared() {
    let tasks = Scenario::default().tasks;
    let runs = runs(&tasks);
    let log = log_at(&runs, &tasks, Millis::new(60_000.0));
    let order = |run| -> Vec<String> {
        lines(&log, run)
            .into_iter()
            .map(content)
            .filter(|line| line.contains(" start") || line.contains(" done"))
            .collect()
    };
    assert_eq!(
        order(&runs[0]),
        [
            "0 ms user start",
            "500 ms user done (500 ms)",
            "500 ms billing start",
            "1300 ms billing done (800 ms)",
            "1300 ms orders start",
            "2500 ms orders done (1200 ms)",
        ]
    );
    assert_eq!(
        order(&runs[1]),
        [
            "0 ms user start",
            "0 ms billing start",
            "0 ms orders start",
            "500 ms user done (500 ms)",
            "800 ms billing done (800 ms)",
            "1200 ms orders done (1200 ms)",
        ]
    );
}

#[test]
fn the_log_has_no_empty_lines_and_does_not_move_as_one_goes_through_it() {
    for count in [1, 3, 15, 16, 400] {
        let tasks = calls(count);
        let over = runs(&tasks);
        let blank = recording_of(&tasks, &[]);
        let before = log_at(blank.runs(), &tasks, Millis::ZERO);
        assert_eq!(tagged(&before, "li").len(), 2);
        assert_eq!(content(&before).matches("Nothing yet.").count(), 2);
        let height = |runs: &[Run], at: f64| {
            let log = log_at(runs, &tasks, Millis::new(at));
            tagged(&log, "li").len()
        };
        let after = height(&over, 1_000_000.0);
        for at in [0.0, 15.0] {
            assert_eq!(height(&over, at), after, "{count} calls at {at}");
        }
    }
}

#[test]
fn a_long_log_says_how_much_it_leaves_out() {
    let tasks = calls(500);
    let runs = runs(&tasks);
    let at = |ms| content(&log_at(&runs[1..], &tasks, Millis::new(ms)));
    assert!(at(-1.0).contains("… 1,970 more after"), "{}", at(-1.0));
    assert!(!at(-1.0).contains("before"));
    assert!(at(10.0).contains("… 1,970 more before"), "{}", at(10.0));
    assert!(!at(10.0).contains("after"));
}

#[test]
fn the_log_is_built_again_only_when_an_event_has_come() {
    let tasks = calls(3);
    let runs = runs(&tasks);
    let mut cache: Vec<LogCache> = Vec::new();
    let mut at = |ms| {
        let at = Millis::new(ms);
        let log = log(&runs, &tasks, &[at, at], (0, true), &mut cache);
        find(&log, &|element| class(element, "log__run"))
            .into_iter()
            .map(std::ptr::from_ref)
            .collect::<Vec<_>>()
    };
    let first = at(5.0);
    assert_eq!(at(9.0), first, "nothing happens between 5 and 9 ms");
    assert_ne!(at(10.0), first);
}

#[test]
fn a_failure_is_logged_in_words() {
    let tasks = calls(1);
    let outcome = Outcome::Failed(Failure::Status(503));
    let failing = [
        (0.0, EventKind::Queued),
        (0.0, EventKind::Started(Resource::Connection)),
        (7.0, EventKind::Ended(outcome)),
    ];
    let failing = failing.map(|(at, kind)| Event {
        at: Millis::new(at),
        task: 0,
        kind,
    });
    let recording = recording_of(&tasks, &[failing.to_vec(), failing.to_vec()]);
    let runs = recording.runs();
    let log = log_at(runs, &tasks, Millis::new(7.0));
    let last = lines(&log, &runs[0]).pop().map(content);
    assert_eq!(last.as_deref(), Some("7 ms call 0 failed: HTTP 503"));
    let table = table(&recording, State::Finished);
    assert!(content(&table).contains("failed: HTTP 503"));
}
