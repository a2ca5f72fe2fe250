//! Promises of what a comparison comes to: like is compared with like only, one
//! definition gives back what another throws away, and each way of running has a
//! sentence that is true of it.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::config::Config;
use expert_chef_core::asked::hosts::Hosts;
use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::{Scenario, Task, parse_tasks};
use expert_chef_core::asked::strategy::Strategy as How;
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::Outcome;
use expert_chef_core::recorded::comparison::{Comparison, Finding};
use expert_chef_core::recorded::provenance::{Origin, Source};
use expert_chef_core::recorded::recording::{Recording, Run};
use expert_chef_core::shown::stage::State;
use expert_chef_core::shown::verdict::{Tone, beside, headline, spoken};
use proptest::prelude::*;
use support::{events_under, how, limited, parse_url, policy, tasks, timeline};

/// Nothing has been recorded yet.
fn blank(config: &Config) -> Recording {
    Recording::new(
        config.scenario.clone(),
        &config.compare,
        &config.policy,
        Source::Simulated,
        &Hosts::default(),
    )
}

/// All of it is over, on a virtual clock.
fn over(config: &Config) -> Recording {
    let mut recording = blank(config);
    for (run, &how) in config.compare.iter().enumerate() {
        recording.begin(run, Millis::ZERO);
        for event in events_under(&config.scenario.tasks, how, &config.policy) {
            recording.record(run, event).expect("in order");
        }
    }
    recording
}

fn asked(query: &str) -> Config {
    let (config, problems) = Config::parse(query, parse_url);
    assert_eq!(problems, [], "{query}");
    config
}

fn good(run: &Run) -> Vec<bool> {
    let outcomes = run.timeline().outcomes();
    outcomes.map(|outcome| outcome == Outcome::Ok).collect()
}

fn config() -> impl Strategy<Value = Config> {
    let compare = proptest::collection::vec(how(), 2..=4);
    let tasks = prop_oneof![tasks(), limited(tasks())];
    (tasks, compare, policy()).prop_map(|(tasks, compare, policy)| Config {
        scenario: Scenario::custom(tasks),
        compare,
        policy,
        ..Config::default()
    })
}

/// Calls of which few fail, so that there is something to compare.
fn mild() -> impl Strategy<Value = Config> {
    let latencies = proptest::collection::vec((0_u32..3_000, 0_u32..40), 1..12);
    let compare = proptest::collection::vec(how(), 2..=4);
    (latencies, compare).prop_map(|(latencies, compare)| {
        let tasks = latencies.into_iter().enumerate();
        let tasks: Vec<String> = tasks
            .map(|(index, (ms, chance))| {
                let fault = if chance == 0 { ":503" } else { "" };
                format!("call {index}:{ms}{fault}")
            })
            .collect();
        Config {
            scenario: Scenario::custom(parse_tasks(&tasks.join(",")).expect("tasks")),
            compare,
            ..Config::default()
        }
    })
}

proptest! {
    #[test]
    fn only_like_is_compared_with_like(config in prop_oneof![config(), mild()]) {
        let recording = over(&config);
        let comparison = Comparison::measured(&recording);
        let runs = recording.runs();
        for (one, run) in runs.iter().enumerate() {
            for (other, beside) in runs.iter().enumerate() {
                let are_alike = run.is_success() && beside.is_success() && good(run) == good(beside);
                prop_assert_eq!(comparison.are_alike(one, other), are_alike);
            }
            if comparison.given_back(one).is_some() {
                prop_assert!(comparison.are_alike(0, one));
            }
            if comparison.thrown_away(one).is_some() {
                prop_assert!(run.is_success());
            }
        }
        match comparison.finding() {
            Finding::Gain(run) => {
                prop_assert!(comparison.are_alike(0, run));
                prop_assert!(runs[run].total() < runs[0].total());
            }
            Finding::Spared(run) => {
                prop_assert!(comparison.are_alike(0, run));
                prop_assert!(comparison.peak(run) < comparison.peak(0));
            }
            _ => {}
        }
    }

    #[test]
    fn there_is_no_ratio_where_any_run_failed(config in prop_oneof![config(), mild()]) {
        let recording = over(&config);
        let said = headline(&recording, State::Finished);
        prop_assert_eq!(said.tone == Tone::Bad, !recording.is_success());
        prop_assert_eq!(said.tone == Tone::Good, said.figure.contains('×'));
        if !recording.is_success() {
            prop_assert!(!said.sentence.contains("given back"), "{:?}", said);
        }
    }

    #[test]
    fn what_the_second_of_two_gives_back_the_first_threw_away(mut config in mild()) {
        config.compare.truncate(2);
        let recording = over(&config);
        let comparison = Comparison::measured(&recording);
        let back = comparison.given_back(1);
        prop_assert_eq!(back, comparison.thrown_away(0));
        if let Some(back) = back {
            let total = |run: usize| recording.runs()[run].total().unwrap_or_default();
            prop_assert_eq!(back, total(0) - total(1));
            prop_assert!(back >= Millis::new(20.0) && back >= total(0) * 0.02);
            let [thrown, given] = [0, 1].map(|run| beside(&recording, run));
            let (thrown, given) = (thrown.split(' ').next(), given.split(' ').nth(1));
            prop_assert_eq!(thrown, given);
        }
    }

    #[test]
    fn theory_finds_what_is_measured_on_a_perfect_clock(mut config in prop_oneof![config(), mild()]) {
        // Of two the quickest alike is clear; what gives up early ends otherwise.
        config.compare.retain(|how| !matches!(how, How::First | How::FailFast));
        prop_assume!(config.compare.len() >= 2);
        let recording = over(&config);
        let said = |comparison: Comparison<'_>| match comparison.finding() {
            // How many really are in flight together depends on their times.
            Finding::Spared(_) | Finding::Even | Finding::Slower(_) => None,
            other => Some(other),
        };
        let foreseen = said(Comparison::foreseen(&recording));
        prop_assert_eq!(foreseen, said(Comparison::measured(&recording)));
    }

    #[test]
    fn whatever_happened_sentences_are_whole(config in prop_oneof![config(), mild()]) {
        let recording = over(&config);
        let blank = blank(&config);
        let all = [
            headline(&blank, State::Ready),
            headline(&blank, State::Running),
            headline(&recording, State::Finished),
        ];
        for said in &all {
            prop_assert!(said.sentence.ends_with('.'), "{:?}", said);
            prop_assert!(!said.sentence.contains("  ") && !said.sentence.contains(".."), "{:?}", said);
        }
        prop_assert_eq!(&all[0], &all[1]);
        prop_assert_eq!(spoken(&blank), "");
        prop_assert!(spoken(&recording).ends_with('.'));
        for run in 0..config.compare.len() {
            prop_assert_eq!(beside(&blank, run), "–");
        }
    }
}

/// A query string, and what is said of it: before, and after.
const SENTENCES: [(&str, &str, &str); 14] = [
    (
        "",
        "2.08× as fast: 1.20 s instead of 2.50 s, says theory.",
        "2.08× as fast: 1.20 s instead of 2.50 s, 1.30 s given back.",
    ),
    (
        "compare=sequential,pool:2,join",
        "2.08× as fast (all at once): 1.20 s instead of 2.50 s, says theory.",
        "2.08× as fast (all at once): 1.20 s instead of 2.50 s, 1.30 s given back.",
    ),
    (
        "compare=first,join",
        "0.50 s to one good answer; all three take 1.20 s, says theory.",
        "0.50 s to one good answer; all three took 1.20 s. Given up: two in flight.",
    ),
    (
        "compare=sequential,first",
        "0.50 s to one good answer; all three take 2.50 s, says theory.",
        "0.50 s to one good answer; all three took 2.50 s. Given up: two in flight.",
    ),
    (
        "compare=sequential,first&tasks=a:100,b:200",
        "0.10 s to one good answer; both take 0.30 s, says theory.",
        "0.10 s to one good answer; both took 0.30 s. Given up: one in flight.",
    ),
    (
        "compare=sequential,first&tasks=a:100,b:100:503",
        "1 of 2 good answers (one after another), says theory.",
        "1 of 2 good answers (one after another); failed: b (HTTP 503).",
    ),
    (
        "compare=fail-fast,sequential&tasks=user:500,billing:500:503,orders:1200",
        "0.50 s to the first failure, says theory.",
        "0.50 s to the first failure (billing, HTTP 503). Given up: one in flight.",
    ),
    (
        "tasks=user:500,billing:800:503,orders:1200:malformed",
        "1 of 3 good answers, says theory.",
        "1 of 3 good answers; failed: billing (HTTP 503) and orders (malformed JSON).",
    ),
    (
        "scenario=flaky",
        "1.60× as fast: 1.34 s instead of 2.14 s, says theory.",
        "1.60× as fast: 1.34 s instead of 2.14 s, 0.80 s given back.",
    ),
    (
        "scenario=fifty-orders",
        "6 at most in flight instead of 50, for 1.80 s instead of 0.30 s, says theory.",
        "6 at most in flight instead of 50, for 1.80 s instead of 0.30 s.",
    ),
    (
        "scenario=fifty-orders&compare=sequential,pool:6",
        "5.54× as fast: 1.80 s instead of 9.98 s, says theory.",
        "5.54× as fast: 1.80 s instead of 9.98 s, 8.18 s given back.",
    ),
    (
        "compare=join,fail-fast",
        "1.20 s either way: no difference to speak of, says theory.",
        "1.20 s either way: no difference to speak of.",
    ),
    (
        "compare=join,sequential,pool:2",
        "2 at most in flight instead of 3, for 1.70 s instead of 1.20 s, says theory.",
        "2 at most in flight instead of 3, for 1.70 s instead of 1.20 s.",
    ),
    (
        "tasks=a:0,b:0",
        "0.00 s either way: no difference to speak of, says theory.",
        "0.00 s either way: no difference to speak of.",
    ),
];

#[test]
fn each_way_of_running_has_a_sentence_of_its_own() {
    let line = |recording: &Recording, state| {
        let said = headline(recording, state);
        format!("{} {}", said.figure, said.sentence)
    };
    for (query, before, after) in SENTENCES {
        let config = asked(query);
        assert_eq!(line(&blank(&config), State::Ready), before, "{query}");
        let recording = over(&config);
        assert_eq!(line(&recording, State::Running), before, "{query}");
        assert_eq!(line(&recording, State::Finished), after, "{query}");
    }
    let unknown = blank(&asked("endpoint=a@https://a.example/"));
    let said = headline(&unknown, State::Ready);
    assert_eq!(said.figure, "");
    assert!(said.sentence.contains("not known"), "{said:?}");
}

#[test]
fn by_itself_a_sentence_has_its_subject() {
    for (query, sentence) in [
        (
            "",
            "All at once: 2.08× as fast: 1.20 s instead of 2.50 s, 1.30 s given back.",
        ),
        (
            "compare=first,join",
            "First answer wins: 0.50 s to one good answer; all three took 1.20 s. Given up: two in \
             flight.",
        ),
        (
            "scenario=fifty-orders",
            "6 at a time: 6 at most in flight instead of 50, for 1.80 s instead of 0.30 s.",
        ),
        (
            "tasks=a:10,b:20:503",
            "One after another: 1 of 2 good answers; failed: b (HTTP 503).",
        ),
    ] {
        assert_eq!(spoken(&over(&asked(query))), sentence);
    }
}

#[test]
fn each_kitchen_is_set_beside_the_quickest_that_is_like_it() {
    for (query, cells) in [
        (
            "",
            &["1.30 s thrown away", "quickest: 1.30 s given back"][..],
        ),
        (
            "compare=sequential,pool:2,join,first",
            &[
                "1.30 s thrown away",
                "0.50 s longer",
                "quickest: 1.30 s given back",
                "1 of 3 answers",
            ],
        ),
        ("scenario=fifty-orders", &["quickest", "1.50 s longer"]),
        ("tasks=a:10,b:20:503", &["1 of 2 answers", "1 of 2 answers"]),
        ("tasks=a:10,b:2", &["no difference", "no difference"]),
        ("compare=first,join", &["1 of 3 answers", "–"]),
    ] {
        let config = asked(query);
        let recording = over(&config);
        let said: Vec<_> = (0..cells.len())
            .map(|run| beside(&recording, run))
            .collect();
        assert_eq!(said, cells, "{query}");
    }
}

/// Before the last is done nobody knows which is the quickest.
#[test]
fn nothing_is_compared_before_all_are_over() {
    let config = asked("compare=sequential,join,pool:2");
    let mut recording = over(&config);
    assert!(Comparison::measured(&recording).thrown_away(0).is_some());
    recording = blank(&config);
    for (run, &how) in config.compare.iter().enumerate().take(2) {
        recording.begin(run, Millis::ZERO);
        for event in events_under(&config.scenario.tasks, how, &config.policy) {
            recording.record(run, event).expect("in order");
        }
    }
    let comparison = Comparison::measured(&recording);
    assert_eq!(comparison.finding(), Finding::Unknown);
    assert_eq!(
        (comparison.thrown_away(0), comparison.given_back(1)),
        (None, None)
    );
    assert_eq!([0, 1, 2].map(|run| beside(&recording, run)), ["–"; 3]);
    assert_eq!(spoken(&recording), "");
}

/// A run of others says what it took, and one beside it is compared by its answers.
#[test]
fn runs_from_elsewhere_are_compared_too() {
    let scenario = Scenario::default();
    let of = |how| match how {
        How::Join => "quick.py".to_owned(),
        _ => "slow.py".to_owned(),
    };
    let elsewhere = |hows: &[How]| {
        let runs = hows
            .iter()
            .map(|&how| (of(how), timeline(&scenario.tasks, how)));
        Recording::from_elsewhere(scenario.clone(), Origin::Import, runs.collect())
            .expect("a recording")
    };
    let alone = elsewhere(&[How::Join]);
    assert_eq!(spoken(&alone), "quick.py: 1.20 s in all.");
    assert_eq!(beside(&alone, 0), "–");
    let both = elsewhere(&[How::Sequential, How::Join]);
    assert!(spoken(&both).starts_with("quick.py: 2.08× as fast: "));
}

/// Of calls that wait for six connections no more are in flight, and theory that
/// knows the host says so.
#[test]
fn theory_knows_how_many_connections_a_host_gets() {
    let tasks: Vec<Task> = asked("scenario=twelve-calls")
        .scenario
        .on_real_services()
        .split_once('?')
        .map(|(_, query)| asked(query).scenario.tasks)
        .expect("a query string");
    let mut hosts = Hosts::default();
    let crowd = |hosts: &Hosts| {
        let compare = [How::Join, How::Pool(4)];
        let policy = RetryPolicy::default();
        let scenario = Scenario::custom(tasks.clone());
        let recording = Recording::new(scenario, &compare, &policy, Source::Network, hosts);
        let comparison = Comparison::foreseen(&recording);
        [0, 1].map(|run| comparison.peak(run))
    };
    assert_eq!(crowd(&hosts), [12, 4]);
    hosts.limit("http://127.0.0.1:7001");
    assert_eq!(crowd(&hosts), [6, 4]);
}
