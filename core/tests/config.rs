//! Promises of the query string's parser: it never panics, it round-trips, and
//! it names what it cannot use.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::config::{Autorun, Config, Ground, Mode, Theme};
use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::{
    Behaviour, EndpointUrl, Fault, FaultKind, MAX_TASKS, Scenario, Target, Task, parse_tasks,
};
use expert_chef_core::asked::strategy::Strategy as How;
use expert_chef_core::millis::Millis;
use proptest::prelude::*;
use support::{parse_url, policy, target};

fn parse(query: &str) -> (Config, Vec<String>) {
    let (config, problems) = Config::parse(query, parse_url);
    let sentences = problems.into_iter().map(|problem| problem.sentence);
    (config, sentences.collect())
}

fn name() -> impl Strategy<Value = String> {
    "[a-z0-9 <>&%,:;@=+#?/'\"é東😀.-]{0,12}[a-z0-9]".prop_map(|name| name.trim().to_owned())
}

fn named_tasks(target: impl Strategy<Value = Target>) -> impl Strategy<Value = Vec<Task>> {
    proptest::collection::btree_map(name(), target, 1..20).prop_map(|tasks| {
        tasks
            .into_iter()
            .map(|(name, target)| Task { name, target })
            .collect()
    })
}

fn scenario() -> impl Strategy<Value = Scenario> {
    prop_oneof![
        proptest::sample::select(Scenario::presets()),
        named_tasks(target()).prop_map(Scenario::custom),
    ]
}

fn config() -> impl Strategy<Value = Config> {
    (
        scenario(),
        proptest::collection::vec(support::how(), 2..=4),
        policy(),
        proptest::sample::select(Mode::ALL),
        proptest::sample::select(Theme::ALL),
        proptest::sample::select(Autorun::ALL),
        (25_u32..=400).prop_map(|percent| f64::from(percent) / 100.0),
        any::<bool>(),
        proptest::sample::select(Ground::ALL),
    )
        .prop_map(
            |(scenario, compare, policy, mode, theme, autorun, speed, embed, ground)| Config {
                scenario,
                policy,
                compare,
                mode,
                theme,
                autorun,
                speed,
                embed,
                ground,
            },
        )
}

proptest! {
    #[test]
    fn a_configuration_comes_back_from_its_query_string(config in config()) {
        let (back, problems) = parse(&config.to_query());
        prop_assert_eq!(problems, Vec::<String>::new());
        prop_assert_eq!(back, config);
    }

    #[test]
    fn endpoints_come_back_too(
        tasks in named_tasks(target()),
        hosts in proptest::collection::vec(proptest::option::of("[a-z]{1,8}"), 1..20),
        known in proptest::collection::vec(any::<bool>(), 20),
    ) {
        let mut config = Config { scenario: Scenario::custom(tasks), ..Config::default() };
        for ((task, host), known) in config.scenario.tasks.iter_mut().zip(hosts).zip(known) {
            let Some(host) = host.filter(|_| !task.name.contains('@')) else { continue };
            let url = format!("https://{host}.example/x?y=1&z=,:");
            task.point_at(EndpointUrl::parse(&url, parse_url).expect("a URL"));
            if let (Target::Endpoint { expected, .. }, false) = (&mut task.target, known) {
                *expected = None;
            }
        }
        let (back, problems) = parse(&config.to_query());
        prop_assert_eq!(problems, Vec::<String>::new());
        prop_assert_eq!(back.scenario.tasks, config.scenario.tasks);
    }

    #[test]
    fn no_query_string_panics_or_yields_what_is_not_allowed(query in ".{0,200}") {
        check(&parse(&query).0)?;
    }

    #[test]
    fn no_value_panics_or_yields_what_is_not_allowed(
        parameter in proptest::sample::select(vec![
            "timeout", "retries", "backoff", "seed", "scenario", "tasks", "compare", "mode", "theme", "autorun", "speed", "embed", "ground", "endpoint",
        ]),
        value in prop_oneof![
            ".{0,80}",
            "[a-z]{1,3}:[0-9eE+.-]{1,8}(,[a-z]{1,3}:[0-9]{1,6}(:[a-z0-9-]{0,9})?){0,4}",
            "[a-z]{0,3}@(https?|ftp|javascript|data|file):(//)?[a-z:@/.0-9%]{0,20}",
        ],
    ) {
        let value: String = form_urlencoded::byte_serialize(value.as_bytes()).collect();
        check(&parse(&format!("{parameter}={value}")).0)?;
    }
}

fn check(config: &Config) -> Result<(), TestCaseError> {
    let tasks = &config.scenario.tasks;
    prop_assert!((1..=MAX_TASKS).contains(&tasks.len()));
    for task in tasks {
        prop_assert!((1..=40).contains(&task.name.chars().count()));
        prop_assert!(!task.name.chars().any(char::is_control));
        if let Some(Behaviour { latency, .. }) = task.behaviour() {
            prop_assert!(*latency >= Millis::ZERO && *latency <= Millis::new(30_000.0));
        }
    }
    for (_, url) in config.scenario.endpoints() {
        prop_assert!(url.as_str().starts_with("http://") || url.as_str().starts_with("https://"));
        prop_assert!(!parse_url(url.as_str()).is_none_or(|parts| parts.has_credentials));
    }
    prop_assert!((2..=4).contains(&config.compare.len()));
    prop_assert!((0.25..=4.0).contains(&config.speed));
    Ok(())
}

/// What is given, what the sentence must say; the default runs instead.
#[test]
fn bad_values_are_named_with_what_is_allowed() {
    let ten_thousand = format!("tasks={}", vec!["a:1"; 10_000].join(","));
    for (query, words) in [
        (
            "scenario=lunch",
            ["“lunch”", "fifty-orders, one-slow and twelve-calls"],
        ),
        ("tasks=", ["empty", "1 to 1,000 tasks"]),
        ("tasks=nonsense", ["“nonsense”", "0 to 30,000 ms"]),
        (&ten_thousand, ["10000 tasks", "1 to 1,000"]),
        ("tasks=a:-5", ["“-5”", "0 to 30,000 ms"]),
        ("tasks=a:NaN", ["“NaN”", "0 to 30,000 ms"]),
        ("tasks=a:inf", ["“inf”", "0 to 30,000 ms"]),
        ("tasks=a:86400000", ["“86400000”", "0 to 30,000 ms"]),
        ("tasks=a:1,b:2,a:3", ["“a”", "a name of its own"]),
        ("tasks=a:?", ["“?”", "0 to 30,000 ms"]),
        ("tasks=a:1:999", ["“999”", "400 to 599"]),
        ("tasks=..:1", ["“..”", "not dots alone"]),
        ("tasks=%E2%80%AEa:1", ["name", "cannot be used"]),
        ("compare=join", ["1 strategies", "2 to 4"]),
        ("compare=join,fast", ["“fast”", "fail-fast and first"]),
        ("mode=both", ["“both”", "race and turns"]),
        ("theme=blue", ["“blue”", "auto, light and dark"]),
        ("autorun=yes", ["“yes”", "none, load and visible"]),
        ("speed=9", ["“9”", "0.25 to 4"]),
        ("speed=NaN", ["“NaN”", "0.25 to 4"]),
        ("embed=yes", ["“yes”", "0 and 1"]),
        ("ground=sand", ["“sand”", "none and page"]),
        ("compare=join,pool:0", ["“pool:0”", "from 1 to 1,000"]),
        (
            "compare=join,pool:1000000",
            ["“pool:1000000”", "from 1 to 1,000"],
        ),
        ("retries=forever", ["“forever”", "from 0 to 10"]),
        ("retries=4000000000", ["“4000000000”", "from 0 to 10"]),
        ("timeout=0", ["“0”", "from 1 to 30000"]),
        ("backoff=-1", ["“-1”", "from 0 to 10000"]),
        ("seed=x", ["“x”", "from 0 to 999999"]),
        ("tasks=a:1~-2", ["“1~-2”", "0 to 30,000 ms"]),
        ("tasks=a:1:503*0", ["“503*0”", "first two calls"]),
        ("endpoint=user", ["“user”", "user@https://"]),
        ("endpoint=user@ftp://x.example/", ["ftp:", "http and https"]),
        (
            "endpoint=user@javascript:alert(1)",
            ["javascript:", "http and https"],
        ),
        (
            "endpoint=user@https://me:secret@x.example/",
            ["password", "never sends"],
        ),
    ] {
        let (config, problems) = parse(query);
        assert_eq!(problems.len(), 1, "{query}: {problems:?}");
        for word in words {
            assert!(problems[0].contains(word), "{word:?} in {:?}", problems[0]);
        }
        assert!(!problems[0].contains("secret"));
        assert_eq!(config, Config::default(), "{query}");
    }
}

#[test]
fn one_bad_value_does_not_spoil_the_others() {
    let (config, problems) = parse("?scenario=two-calls&theme=blue&mode=turns");
    assert_eq!(problems.len(), 1);
    assert_eq!(config.scenario.id, "two-calls");
    assert_eq!(config.mode, Mode::Turns);
}

#[test]
fn parameters_of_others_are_left_alone() {
    assert_eq!(parse("utm_source=x&fbclid=1"), (Config::default(), vec![]));
}

#[test]
fn a_thousand_tasks_are_allowed() {
    let list: Vec<String> = (0..1000).map(|n| format!("t{n}:{n}")).collect();
    assert_eq!(
        parse_tasks(&list.join(",")).map(|tasks| tasks.len()),
        Ok(1000)
    );
}

#[test]
fn endpoints_replace_latencies_and_keep_them_as_what_is_expected() {
    let (config, problems) = parse("scenario=dashboard&endpoint=user@http://127.0.0.1:1/u");
    assert!(problems.is_empty());
    assert_eq!(config.scenario.tasks.len(), 3);
    assert_eq!(
        config.scenario.tasks[0].behaviour(),
        Some(&Behaviour::good(Millis::new(500.0)))
    );
    assert_eq!(config.scenario.endpoints().count(), 1);

    let (alone, _) = parse("endpoint=a@http://127.0.0.1:1/&endpoint=b@http://127.0.0.1:2/");
    assert_eq!(alone.scenario.tasks.len(), 2);
    assert_eq!(alone.scenario.tasks[0].behaviour(), None);
    assert_eq!(
        How::Join.predict(&alone.scenario.tasks, &RetryPolicy::default()),
        None
    );
}

#[test]
fn faults_are_read() {
    let tasks =
        parse_tasks("a:1:503,b:2:drop*2,c:3:malformed,d:4:slow-body,e:5:hang").expect("tasks");
    let faults: Vec<_> = tasks
        .iter()
        .map(|task| task.behaviour().and_then(|behaviour| behaviour.fault))
        .collect();
    assert_eq!(
        faults,
        [
            (FaultKind::Status(503), None),
            (FaultKind::Drop, Some(2)),
            (FaultKind::Malformed, None),
            (FaultKind::SlowBody, None),
            (FaultKind::Hang, None),
        ]
        .map(|(kind, times)| Some(Fault { kind, times }))
    );
}
