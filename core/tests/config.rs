//! Promises of the query string's parser: it never panics, it round-trips, and
//! it names what it cannot use.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::accent::Accent;
use expert_chef_core::asked::config::{
    Ask, Autorun, Config, Ground, Mode, PARAMETERS, Theme, address,
};
use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::{
    Behaviour, EndpointUrl, Fault, FaultKind, MAX_TASKS, Scenario, Target, Task, Work, parse_tasks,
};
use expert_chef_core::asked::strategy::Strategy as How;
use expert_chef_core::millis::Millis;
use expert_chef_core::outside::is_control;
use expert_chef_core::part::{Part, Parts};
use proptest::prelude::*;
use support::{limited, parse_url, policy, target, timed};

fn parse(query: &str) -> (Config, Vec<String>) {
    let (config, problems) = Config::parse(query, parse_url);
    let sentences = problems.into_iter().map(|problem| problem.sentence);
    (config, sentences.collect())
}

fn name() -> impl Strategy<Value = String> {
    "[a-z0-9 <>&%,:;@=+#?/'\"é東😀.-]{0,12}[a-z0-9]".prop_map(|name| name.trim().to_owned())
}

fn named_tasks(target: impl Strategy<Value = Target>) -> impl Strategy<Value = Vec<Task>> {
    let tasks = proptest::collection::btree_map(name(), target, 1..20).prop_map(|tasks| {
        tasks
            .into_iter()
            .map(|(name, target)| Task {
                name,
                start: Millis::ZERO,
                work: Work::Call(target),
            })
            .collect()
    });
    limited(timed(tasks))
}

fn scenario() -> impl Strategy<Value = Scenario> {
    prop_oneof![
        proptest::sample::select(Scenario::presets().collect::<Vec<_>>()),
        named_tasks(target()).prop_map(Scenario::custom),
    ]
}

/// Calls of which some go to URLs, and of which nothing else may be known.
fn with_endpoints() -> impl Strategy<Value = Scenario> {
    let host = (proptest::option::of("[a-z]{1,8}"), any::<bool>());
    let hosts = proptest::collection::vec(host, 1..20);
    (named_tasks(target()), hosts).prop_map(|(mut tasks, hosts)| {
        for (task, (host, is_known)) in tasks.iter_mut().zip(hosts) {
            let Some(host) = host.filter(|_| !task.name.contains('@')) else {
                continue;
            };
            let url = format!("https://{host}.example/x?y=1&z=,:");
            task.point_at(EndpointUrl::parse(&url, parse_url).expect("a URL"));
            if let (Work::Call(Target::Endpoint { expected, .. }), false) =
                (&mut task.work, is_known)
            {
                *expected = None;
            }
        }
        Scenario::custom(tasks)
    })
}

/// What a host says of its embed.
fn of_host() -> impl Strategy<Value = Config> {
    let shown = proptest::sample::subsequence(Part::ALL.to_vec(), 1..=6);
    let at = proptest::option::of((0_u32..=600_000).prop_map(|ms| Millis::new(ms.into())));
    let accent = proptest::option::of("[0-9a-f]{6}");
    (shown, ".{0,120}", at, accent).prop_map(|(shown, caption, at, accent)| Config {
        show: Parts::of(&shown),
        // Each of them is what is shown of it.
        caption: caption.replace(is_control, "").trim().into(),
        at,
        accent: accent.map_or_else(Accent::default, |accent| {
            Accent::parse(&accent).expect("a colour")
        }),
        ..Config::default()
    })
}

fn config() -> impl Strategy<Value = Config> {
    (
        scenario(),
        proptest::collection::vec(support::how(), 1..=4),
        policy(),
        proptest::sample::select(Mode::ALL),
        proptest::sample::select(Theme::ALL),
        proptest::sample::select(Autorun::ALL),
        (25_u32..=400).prop_map(|percent| f64::from(percent) / 100.0),
        any::<bool>(),
        proptest::sample::select(Ground::ALL),
        proptest::sample::select(Ask::ALL),
        of_host(),
    )
        .prop_map(
            |(
                scenario,
                compare,
                policy,
                mode,
                theme,
                autorun,
                speed,
                embed,
                ground,
                ask,
                of_host,
            )| Config {
                scenario,
                policy,
                compare,
                mode,
                theme,
                autorun,
                speed,
                embed,
                ground,
                ask,
                ..of_host
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
    fn endpoints_come_back_too(scenario in with_endpoints()) {
        let config = Config { scenario, ..Config::default() };
        let (back, problems) = parse(&config.to_query());
        prop_assert_eq!(problems, Vec::<String>::new());
        prop_assert_eq!(back.scenario.tasks, config.scenario.tasks);
    }

    /// Reloading a page whose stage has a query string of its own shows what
    /// was chosen there, defaults included.
    #[test]
    fn a_configuration_comes_back_over_any_other(
        (config, own) in (config(), config()),
        endpoints in proptest::collection::vec(proptest::option::of(with_endpoints()), 2),
    ) {
        let mut both = [config, own];
        for (config, scenario) in both.iter_mut().zip(endpoints) {
            // Of addresses nothing can be drawn ahead.
            config.at = config.at.filter(|_| scenario.is_none());
            config.scenario = scenario.unwrap_or_else(|| config.scenario.clone());
        }
        let [config, own] = both;
        let (base, _) = parse(&own.to_query());
        let query = config.to_query_over(&base);
        let (back, problems) = Config::parse_over(&query, &own.to_query(), parse_url);
        prop_assert_eq!(problems, vec![]);
        prop_assert_eq!(&back, &config);
        prop_assert_eq!(back.to_query_over(&back), "");
    }

    #[test]
    fn the_address_keeps_what_others_have_in_it(
        foreign in proptest::collection::vec("(utm_[a-z]{1,4}|Scenario|[a-z]{1,2}x)(=[ -%\'-~é]{0,8})?", 0..5),
        old in config(),
        new in config(),
        at in any::<proptest::sample::Index>(),
    ) {
        let mut parts = foreign.clone();
        let place = at.index(parts.len() + 1);
        parts.splice(place..place, old.to_query().split('&').map(str::to_owned));
        let query = new.to_query();
        let written = address(&format!("?{}", parts.join("&")), &query);
        let mut expected = foreign;
        expected.extend(Some(query.clone()).filter(|query| !query.is_empty()));
        prop_assert_eq!(written.strip_prefix('?').unwrap_or_default(), expected.join("&"));
        prop_assert_eq!(parse(&written), (new, vec![]));
        prop_assert_eq!(address(&written, &query), written);
    }

    #[test]
    fn no_query_string_panics_or_yields_what_is_not_allowed(query in ".{0,200}") {
        check(&parse(&query).0)?;
    }

    #[test]
    fn no_value_panics_or_yields_what_is_not_allowed(
        parameter in proptest::sample::select(PARAMETERS.to_vec()),
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
    prop_assert!((1..=4).contains(&config.compare.len()));
    prop_assert!((0.25..=4.0).contains(&config.speed));
    Ok(())
}

/// What is given, what the sentence must say; the default runs instead.
#[test]
fn bad_values_are_named_with_what_is_allowed() {
    let long_caption = format!("caption={}", "x".repeat(121));
    let ten_thousand = format!("tasks={}", vec!["a:1"; 10_000].join(","));
    for (query, words) in [
        (
            "scenario=lunch",
            ["“lunch”", "twelve-calls, cpu, mixed and crumbs"],
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
        (
            "compare=join,join,join,join,join",
            ["5 strategies", "1 to 4"],
        ),
        (
            "compare=join,fast",
            ["“fast”", "fail-fast, first and workers:2"],
        ),
        ("mode=both", ["“both”", "race and turns"]),
        ("theme=blue", ["“blue”", "auto, light and dark"]),
        ("autorun=yes", ["“yes”", "none, load and visible"]),
        ("speed=9", ["“9”", "0.25 to 4"]),
        ("speed=NaN", ["“NaN”", "0.25 to 4"]),
        ("embed=yes", ["“yes”", "0 and 1"]),
        ("ground=sand", ["“sand”", "none and page"]),
        (
            "show=thunder",
            [
                "“thunder”",
                "picture, lanes, result, controls, log and code",
            ],
        ),
        ("at=-1", ["“-1”", "0 to 600000, or none"]),
        ("at=600001", ["“600001”", "0 to 600000, or none"]),
        ("at=soon", ["“soon”", "0 to 600000, or none"]),
        ("code=lisp", ["“lisp”", "cpu-join and cpu-workers"]),
        ("accent=teal", ["“teal”", "a colour like #0e6566"]),
        ("accent=%230e656", ["“#0e656”", "a colour like #0e6566"]),
        ("accent=red;x:url(y)", ["“red;x:url(y)”", "a colour like"]),
        (&long_caption, ["“xxxxx", "up to 120 characters"]),
        ("compare=join,pool:0", ["“pool:0”", "from 1 to 1,000"]),
        (
            "compare=join,pool:1000000",
            ["“pool:1000000”", "from 1 to 1,000"],
        ),
        ("retries=forever", ["“forever”", "from 0 to 10"]),
        ("retries=4000000000", ["“4000000000”", "from 0 to 10"]),
        ("timeout=0", ["“0”", "from 1 to 30000, or none"]),
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
fn words_of_show_that_are_unknown_are_said_and_the_rest_counts() {
    let (config, problems) = parse("embed=1&show=lanes,thunder,result");
    assert_eq!(config.show, Parts::of(&[Part::Lanes, Part::Result]));
    assert_eq!(problems.len(), 1);
    assert!(problems[0].contains("“thunder”"), "{problems:?}");
}

#[test]
fn nothing_is_drawn_ahead_where_nobody_knows_what_would_be() {
    let (config, problems) = parse("at=500&endpoint=a@https://a.example/");
    assert_eq!(config.at, None);
    assert!(problems[0].contains("drawn ahead"), "{problems:?}");
    let expected = "at=500&tasks=a:80&endpoint=a@https://a.example/";
    assert_eq!(parse(expected).0.at, Some(Millis::new(500.0)));
    assert_eq!(parse(expected).1, Vec::<String>::new());
}

#[test]
fn a_caption_is_text_whatever_it_looks_like_and_a_title_only_if_it_says_anything() {
    let (config, problems) = parse("caption=%20%3Cimg+src%3Dx+onerror%3Dalert(1)%3E%20");
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(config.title(), "<img src=x onerror=alert(1)>");
    assert_eq!(
        parse("caption=%20").0.title(),
        Config::default().scenario.title
    );
}

#[test]
fn the_whole_page_goes_on_with_the_calls_and_without_what_is_of_the_embed() {
    let query =
        "tasks=a%3A1&theme=dark&embed=1&ground=page&ask=off&show=lanes&caption=Hi&at=5&accent=abc";
    assert_eq!(
        parse(query).0.to_page_query(),
        "tasks=a%3A1&theme=dark&ask=off"
    );
}

#[test]
fn one_bad_value_does_not_spoil_the_others() {
    let (config, problems) = parse("?scenario=two-calls&theme=blue&mode=turns");
    assert_eq!(problems.len(), 1);
    assert_eq!(config.scenario.id, "two-calls");
    assert_eq!(config.mode, Mode::Turns);
}

#[test]
fn the_first_of_a_parameter_given_twice_counts() {
    let query = "mode=turns&timeout=70&mode=race&seed=7&timeout=9&scenario=flaky&seed=x\
        &scenario=two-calls&tasks=a:1&tasks=b:2";
    let (config, problems) = parse(query);
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(config.mode, Mode::Turns);
    assert_eq!(config.policy.timeout, Some(Millis::new(70.0)));
    assert_eq!(config.policy.seed, 7);
    assert_eq!(config.scenario.tasks[0].name, "a");
    assert_eq!(
        parse("scenario=flaky&scenario=two-calls").0.scenario.id,
        "flaky"
    );
}

#[test]
fn race_is_the_default() {
    assert_eq!(parse("").0.mode, Mode::Race);
    assert_eq!(parse("mode=both").0.mode, Mode::Race);
}

#[test]
fn a_query_string_goes_over_a_stages_own() {
    let over = |query, own| Config::parse_over(query, own, parse_url);
    let own = "tasks=a:1,b:2&endpoint=a@https://a.example/&mode=turns&timeout=5&theme=dark";
    let (config, problems) = over("?theme=light&timeout=none", own);
    assert_eq!(problems, []);
    assert_eq!(config.theme, Theme::Light);
    assert_eq!(config.policy.timeout, None);
    assert_eq!(config.mode, Mode::Turns);
    assert_eq!(config.scenario, parse(own).0.scenario);

    // What is run is said by one of the two.
    for query in [
        "scenario=dashboard",
        "tasks=c:3",
        "endpoint=c@https://c.example/",
    ] {
        assert_eq!(over(query, own).0.scenario, parse(query).0.scenario);
    }
    assert_eq!(
        Config::default().to_query_over(&parse("scenario=flaky").0),
        "scenario=dashboard"
    );
}

#[test]
fn a_scenario_brings_its_kitchens_and_its_policy_along() {
    let of = |query| {
        let Config {
            compare, policy, ..
        } = parse(query).0;
        (compare, policy.retries)
    };
    let both = || vec![How::Sequential, How::Join];
    assert_eq!(of("scenario=flaky"), (both(), 2));
    assert_eq!(of("scenario=flaky&retries=0"), (both(), 0));
    let pool = || vec![How::Join, How::Pool(6)];
    assert_eq!(of("scenario=fifty-orders"), (pool(), 0));
    let given = "scenario=fifty-orders&compare=sequential,join&retries=1";
    assert_eq!(of(given), (both(), 1));
    assert_eq!(of("tasks=a:1"), (both(), 0));
    // Also a preset's tasks, if they are the reader's own.
    assert_eq!(of("tasks=user:300,billing:400:503*2,orders:500").1, 0);

    for preset in Scenario::PRESETS {
        let query = format!("scenario={}", preset.id);
        let (config, _) = parse(&query);
        let is_default = config == Config::default();
        assert_eq!(config.to_query(), if is_default { "" } else { &query });
        assert_eq!(config.compare, preset.compare);
        assert_eq!(config.policy, preset.policy);
    }
}

#[test]
fn what_a_stages_own_query_string_chose_stays_with_another_scenario() {
    let over = |query, own| Config::parse_over(query, own, parse_url).0;
    let pool = vec![How::Join, How::Pool(6)];
    let chosen = "compare=first,join&backoff=5&timeout=900";
    let config = over("scenario=flaky", chosen);
    assert_eq!(config.compare, [How::First, How::Join]);
    assert_eq!(config.policy.backoff, Millis::new(5.0));
    assert_eq!(config.policy.timeout, Some(Millis::new(900.0)));
    assert_eq!(config.policy.retries, 2, "nobody chose another number");
    // What nobody chose is the new scenario's.
    assert_eq!(over("tasks=a:1", "scenario=flaky").policy.retries, 0);
    assert_eq!(over("scenario=fifty-orders", "seed=7").compare, pool);
    assert_eq!(over("scenario=fifty-orders", "seed=7").policy.seed, 7);
    let lunch = over("scenario=lunch", "scenario=fifty-orders");
    assert_eq!(lunch.compare, pool);
}

#[test]
fn only_what_counts_is_complained_about() {
    let over = |query, own| {
        let (config, problems) = Config::parse_over(query, own, parse_url);
        let parameters: Vec<_> = problems.iter().map(|problem| problem.parameter).collect();
        (config, parameters)
    };
    let own = "scenario=lunch&mode=both&theme=dark";
    assert_eq!(over("", own).1, ["scenario", "mode"]);
    assert_eq!(over("tasks=a:1&mode=turns", own).1, Vec::<&str>::new());
    let (config, parameters) = over("theme=blue", "theme=dark");
    assert_eq!(parameters, ["theme"]);
    assert_eq!(config.theme, Theme::Dark, "the stage's own default");
}

#[test]
fn an_address_without_any_parameter_is_empty() {
    assert_eq!(address("", ""), "");
    assert_eq!(address("?scenario=flaky&%73eed=3&&mode", ""), "");
    assert_eq!(
        address("?a=%7e+b&scenario=x&c", "mode=turns"),
        "?a=%7e+b&c&mode=turns"
    );
}

#[test]
fn every_parameter_that_is_written_is_listed() {
    let query = "tasks=a:1,b:2&endpoint=b@https://b.example/&compare=join,first&timeout=1\
        &retries=1&backoff=1&seed=2&mode=turns&theme=dark&autorun=load&speed=2&embed=1\
        &ground=page&ask=off&show=lanes&caption=Two+calls&at=5&accent=0a8&code=threads";
    let (config, problems) = parse(query);
    assert_eq!(problems, Vec::<String>::new());
    let mut written: Vec<_> = config
        .to_pairs()
        .0
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    written.insert(0, "scenario");
    assert_eq!(written, PARAMETERS);
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

#[test]
fn each_parameter_is_read_and_complains_of_what_it_cannot_use() {
    for parameter in PARAMETERS {
        // Of a caption only the length can be wrong.
        let value = "~".repeat(if parameter == "caption" { 121 } else { 1 });
        let (_, problems) = Config::parse(&format!("{parameter}={value}"), parse_url);
        let of: Vec<&str> = problems.iter().map(|problem| problem.parameter).collect();
        assert_eq!(of, [parameter]);
    }
}

#[test]
fn a_status_is_one_that_a_failed_answer_has() {
    for (status, is_one) in [(399, false), (400, true), (599, true), (600, false)] {
        assert_eq!(
            parse_tasks(&format!("a:1:{status}")).is_ok(),
            is_one,
            "{status}"
        );
    }
}
