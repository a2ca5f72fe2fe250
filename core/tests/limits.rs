//! What may be asked for, at exactly the edge and one step beyond it; and the
//! numbers that a seed stands for.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::config::Config;
use expert_chef_core::asked::hosts::{Hosts, PER_HOST};
use expert_chef_core::asked::resource::Resource;
use expert_chef_core::asked::retry::{MAX_BACKOFF, RetryPolicy};
use expert_chef_core::asked::scenario::{
    Behaviour, EndpointUrl, Fault, FaultKind, Scenario, Task, excerpt, parse_name, parse_tasks,
    tasks_to_string,
};
use expert_chef_core::asked::strategy::{Strategy as How, parse_limit};
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::{Failure, Outcome};
use support::parse_url;

fn parse(query: &str) -> (Config, Vec<String>) {
    let (config, problems) = Config::parse(query, parse_url);
    let sentences = problems.into_iter().map(|problem| problem.sentence);
    (config, sentences.collect())
}

fn ms(ms: f64) -> Millis {
    Millis::new(ms)
}

fn under(seed: u32, backoff: f64) -> RetryPolicy {
    RetryPolicy {
        seed,
        backoff: ms(backoff),
        ..RetryPolicy::default()
    }
}

#[test]
fn limits_themselves_are_allowed_and_what_is_beyond_them_is_not() {
    for (allowed, refused) in [
        ("timeout=1", "timeout=0.99"),
        ("timeout=30000", "timeout=30000.01"),
        ("timeout=none", "timeout=None"),
        ("backoff=0", "backoff=-0"),
        ("backoff=10000", "backoff=10000.01"),
        ("retries=0", "retries=-1"),
        ("retries=10", "retries=11"),
        ("seed=0", "seed=0.5"),
        ("seed=999999", "seed=1000000"),
        ("speed=0.25", "speed=0.24"),
        ("speed=4", "speed=4.01"),
        ("compare=join,pool:1", "compare=join,pool:0"),
        ("compare=join,pool:1000", "compare=join,pool:1001"),
        ("compare=join", "compare="),
        (
            "compare=join,first,join,first",
            "compare=join,first,join,first,join",
        ),
        ("tasks=a:0", "tasks=a:"),
        ("tasks=a:30000", "tasks=a:30000.01"),
        ("tasks=a:1~30000", "tasks=a:1~30000.01"),
        ("tasks=a:1:400", "tasks=a:1:399"),
        ("tasks=a:1:599", "tasks=a:1:600"),
        ("tasks=a:1:drop*1", "tasks=a:1:drop*0"),
        ("tasks=a:1:drop*99", "tasks=a:1:drop*100"),
        ("tasks=...a:1", "tasks=...:1"),
    ] {
        assert_eq!(parse(allowed).1, Vec::<String>::new(), "{allowed}");
        let (config, problems) = parse(refused);
        assert_eq!(problems.len(), 1, "{refused}");
        assert_eq!(config, Config::default(), "{refused}");
    }
}

#[test]
fn limits_are_read_as_what_they_are() {
    let query = "timeout=30000&backoff=10000&retries=10&seed=999999&speed=4&embed=1\
        &compare=pool:1000,pool:1";
    let (config, problems) = parse(query);
    assert_eq!(problems, Vec::<String>::new());
    let policy = RetryPolicy {
        timeout: Some(ms(30_000.0)),
        retries: 10,
        backoff: MAX_BACKOFF,
        seed: 999_999,
    };
    assert_eq!(config.policy, policy);
    assert_eq!(config.compare, [How::Pool(1000), How::Pool(1)]);
    assert!(config.embed && config.speed.total_cmp(&4.0).is_eq());
    assert!(!parse("embed=0").0.embed);
    assert_eq!(
        parse("timeout=0").1,
        ["The timeout “0” cannot be used. Allowed is a number from 1 to 30000, or none."]
    );
    let limits = ["0", "1", "1000", "1001", "x"].map(parse_limit);
    assert_eq!(limits, [None, Some(1), Some(1000), None, None]);
}

#[test]
fn names_have_up_to_forty_characters_and_so_have_quotations() {
    let (forty, more) = ("é".repeat(40), "é".repeat(41));
    assert_eq!(parse_name(&forty), Ok(forty.clone()));
    assert!(parse_name(&more).is_err());
    assert!(parse_name("").is_err() && parse_name(" ").is_err());
    assert!(parse_name("a\u{2067}").is_err() && parse_name("a\u{7}").is_err());
    assert_eq!(parse_name(" .a "), Ok(".a".into()));
    assert_eq!(excerpt(&forty), forty);
    assert_eq!(excerpt(&more), format!("{forty}…"));
    assert_eq!(excerpt("a\u{202e}b\nc"), "a[U+202E]b[U+000A]c");
}

#[test]
fn a_thousand_calls_are_allowed_however_they_are_given() {
    let tasks = |count| {
        let list: Vec<String> = (0..count).map(|n| format!("t{n}:1")).collect();
        format!("tasks={}", list.join(","))
    };
    let endpoints = |count| {
        let each = |n| format!("&endpoint=e{n}@https://e.example/{n}");
        (0..count).map(each).collect::<String>()
    };
    let read = |query: String| {
        let (config, problems) = parse(&query);
        (config.scenario.tasks.len(), problems)
    };
    let cut = vec!["Only the first 1,000 calls are used.".to_owned()];
    assert_eq!(read(tasks(1000)), (1000, vec![]));
    assert_eq!(read(endpoints(1000)), (1000, vec![]));
    assert_eq!(read(endpoints(1001)), (1000, cut.clone()));
    assert_eq!(read(tasks(998) + &endpoints(2)), (1000, vec![]));
    assert_eq!(read(tasks(998) + &endpoints(3)), (1000, cut.clone()));
    assert_eq!(read(tasks(1000) + &endpoints(1)), (1000, cut));
    let (_, problems) = read(tasks(1001));
    assert!(problems[0].starts_with("1001 tasks are too many."));
}

#[test]
fn endpoints_take_the_place_of_tasks_of_their_name_and_others_follow() {
    let (config, problems) =
        parse("tasks=a:1,b:2,c:3&endpoint=b@https://b.example/&endpoint=d@https://d.example/");
    assert_eq!(problems, Vec::<String>::new());
    let tasks = &config.scenario.tasks;
    let shown: Vec<_> = tasks
        .iter()
        .map(|task| (task.name.as_str(), task.endpoint().map(EndpointUrl::origin)))
        .collect();
    assert_eq!(
        shown,
        [
            ("a", None),
            ("b", Some("https://b.example")),
            ("c", None),
            ("d", Some("https://d.example")),
        ]
    );
    let (config, problems) = parse(
        "endpoint=a@https://1.example/&endpoint=a@https://2.example/&endpoint=b@https://3.example/",
    );
    let origins = |(_, url): (_, &EndpointUrl)| url.origin().to_owned();
    let origins: Vec<String> = config.scenario.endpoints().map(origins).collect();
    assert_eq!(origins, ["https://1.example", "https://3.example"]);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].starts_with("The endpoint “a” is given twice; the first is used."));
}

#[test]
fn what_is_known_of_a_task_is_read_and_written_to_the_letter() {
    for list in [
        "a:1",
        "a:500~100,b:0",
        "a:1.5:503*2,b:2:drop,c:3:malformed*99,d:4:hang,e:5:slow-body",
        "a%2Cb%3Ac%25:7",
    ] {
        let tasks = parse_tasks(list).expect("tasks");
        assert_eq!(tasks_to_string(&tasks), list);
    }
    let mut task = parse_tasks("a:500~100:429*3").expect("a task").remove(0);
    let behaviour = Behaviour {
        latency: ms(500.0),
        jitter: ms(100.0),
        fault: Some(Fault {
            kind: FaultKind::Status(429),
            times: Some(3),
        }),
    };
    assert_eq!(task.behaviour(), Some(&behaviour));
    assert_eq!(task.behaviour_mut().copied(), Some(behaviour));
    let drawn = |task: &Task, attempt| {
        let target = task.work.target().expect("a call");
        target.call(&task.name, 0, attempt, &under(1, 0.0)).drawn
    };
    let faults = [0, 2, 3].map(|attempt| drawn(&task, attempt).and_then(|drawn| drawn.fault));
    let fault = Some(FaultKind::Status(429));
    assert_eq!(faults, [fault, fault, None], "at the first three attempts");

    let url = EndpointUrl::parse(" https://a.example:81/x/y ", parse_url).expect("a URL");
    assert_eq!(url.origin(), "https://a.example:81");
    task.point_at(url.clone());
    assert_eq!(task.endpoint(), Some(&url));
    assert_eq!(task.behaviour_mut().copied(), Some(behaviour));
}

#[test]
fn presets_are_what_their_titles_say() {
    let latencies = |id| {
        let tasks = Scenario::preset(id).expect("a preset").tasks;
        let latency = |task: &Task| task.behaviour().map_or(-1.0, |known| known.latency.ms());
        tasks.iter().map(latency).collect::<Vec<f64>>()
    };
    let orders = latencies("fifty-orders");
    assert_eq!(orders.len(), 50);
    assert_eq!(orders[..4], [180.0, 260.0, 120.0, 200.0]);
    let (least, most) = (f64::min, f64::max);
    assert!(
        orders
            .iter()
            .copied()
            .fold(f64::MAX, least)
            .total_cmp(&100.0)
            .is_eq()
    );
    assert!(
        orders
            .iter()
            .copied()
            .fold(0.0, most)
            .total_cmp(&300.0)
            .is_eq()
    );
    let mut slow = [200.0; 10];
    slow[3] = 2000.0;
    assert_eq!(latencies("one-slow"), slow);
    assert_eq!(latencies("twelve-calls"), [300.0; 12]);
    for preset in Scenario::presets() {
        assert_eq!(Scenario::of(preset.tasks.clone()), preset);
    }
    let own = parse_tasks("a:1").expect("a task");
    assert_eq!(Scenario::of(own.clone()), Scenario::custom(own));
}

/// A chip has little room, and what is to be seen is read in a glance.
#[test]
fn presets_are_named_and_explained_in_few_words() {
    for preset in Scenario::PRESETS {
        assert!(preset.chip.chars().count() <= 12, "{}", preset.chip);
        let length = preset.sentence.chars().count();
        assert!(length <= 110, "{length}: {}", preset.sentence);
        assert!(!preset.sentence.contains("  "), "{}", preset.sentence);
    }
}

/// What their sentences say is what theory says.
#[test]
fn presets_take_what_they_say() {
    for (id, times) in [
        ("dashboard", [2500.0, 1200.0]),
        ("two-calls", [4000.0, 2000.0]),
        // Three attempts and two waits that a seed has drawn.
        ("flaky", [2138.0, 1338.0]),
        ("fifty-orders", [300.0, 1800.0]),
        ("one-slow", [3800.0, 2000.0]),
        ("twelve-calls", [300.0, 600.0]),
    ] {
        let scenario = Scenario::preset(id).expect("a preset");
        let policy = scenario.usual_policy();
        for (how, time) in scenario.usual_kitchens().iter().zip(times) {
            assert_eq!(
                how.predict(&scenario.tasks, &policy),
                Some(ms(time)),
                "{id}"
            );
        }
    }
}

/// The same link gives the same waits: so these numbers may never change. They
/// are what SplitMix64's finaliser gives, reckoned outside of this program.
#[test]
fn a_seed_stands_for_the_same_waits_for_ever() {
    let policy = under(1, 100.0);
    let waits = [0, 1, 2].map(|task| [0, 1, 2, 3].map(|attempt| policy.wait(task, attempt).ms()));
    assert_eq!(
        waits,
        [
            [13.0, 129.0, 109.0, 101.0],
            [47.0, 91.0, 83.0, 722.0],
            [86.0, 3.0, 13.0, 443.0],
        ]
    );
    let waits = [0, 1, 2].map(|attempt| under(999_999, 100.0).wait(0, attempt).ms());
    assert_eq!(waits, [32.0, 190.0, 313.0]);
    let drawn = |task, attempt| policy.latency(task, attempt, ms(500.0), ms(100.0)).ms();
    let latencies = [0, 1, 2].map(|task| [0, 1, 2].map(|attempt| drawn(task, attempt)));
    assert_eq!(
        latencies,
        [
            [540.0, 451.0, 475.0],
            [400.0, 505.0, 402.0],
            [598.0, 555.0, 511.0],
        ]
    );
}

#[test]
fn a_backoff_doubles_up_to_its_limit_and_no_further() {
    let waits = |backoff: f64| [0, 1, 2, 3, 4].map(|n| under(1, backoff).wait(0, n).ms());
    assert_eq!(waits(4000.0), [504.0, 5141.0, 2737.0, 1264.0, 2162.0]);
    assert_eq!(waits(10_000.0)[..3], [1260.0, 6427.0, 2737.0]);
    assert_eq!(waits(0.0), [0.0; 5]);
}

/// Over all seeds, a draw comes as near to both of its bounds as it may.
#[test]
fn jitter_is_full() {
    let extremes = |draw: &dyn Fn(&RetryPolicy) -> Millis, backoff| {
        let drawn = (0..20_000).map(|seed| draw(&under(seed, backoff)));
        drawn.fold((ms(1e9), ms(-1e9)), |(least, most), one| {
            (least.min(one), most.max(one))
        })
    };
    let wait = |policy: &RetryPolicy| policy.wait(3, 2);
    assert_eq!(extremes(&wait, 100.0), (ms(0.0), ms(400.0)));
    assert_eq!(extremes(&wait, 4_000.0).1, MAX_BACKOFF);
    let latency = |policy: &RetryPolicy| policy.latency(3, 2, ms(500.0), ms(100.0));
    assert_eq!(extremes(&latency, 0.0), (ms(400.0), ms(600.0)));
    let short = |policy: &RetryPolicy| policy.latency(3, 2, ms(50.0), ms(100.0));
    assert_eq!(extremes(&short, 0.0), (ms(0.0), ms(150.0)));
}

#[test]
fn without_jitter_a_latency_is_what_was_asked_to_the_hundredth() {
    let policy = under(7, 100.0);
    assert_eq!(policy.latency(0, 0, ms(1.25), Millis::ZERO), ms(1.25));
}

#[test]
fn a_policy_is_plain_if_it_does_nothing() {
    let policy = |timeout: Option<f64>, retries| RetryPolicy {
        timeout: timeout.map(ms),
        retries,
        ..RetryPolicy::default()
    };
    assert!(policy(None, 0).is_plain());
    assert!(!policy(None, 1).is_plain());
    assert!(!policy(Some(1.0), 0).is_plain());
}

#[test]
fn only_what_may_pass_is_tried_again() {
    for (status, passes) in [
        (407, false),
        (408, true),
        (409, false),
        (428, false),
        (429, true),
        (430, false),
        (499, false),
        (500, true),
        (599, true),
    ] {
        assert_eq!(Failure::Status(status).is_transient(), passes, "{status}");
    }
    assert!(!Failure::Unserved.is_transient());
}

#[test]
fn strategies_are_written_as_they_are_read() {
    for word in [
        "sequential",
        "join",
        "pool:1",
        "pool:1000",
        "fail-fast",
        "first",
    ] {
        let strategy: How = word.parse().expect("a strategy");
        assert_eq!(strategy.to_string(), word);
    }
    for word in [
        "pool",
        "pool:",
        "pool:0",
        "pool:1001",
        "pool:-1",
        "Join",
        "",
    ] {
        assert_eq!(word.parse::<How>(), Err(()), "{word}");
    }
}

#[test]
fn a_run_gave_what_its_strategy_is_for() {
    let (ok, failed) = (Outcome::Ok, Outcome::Failed(Failure::Network));
    for (outcomes, by_first, by_others) in [
        (vec![ok, ok], true, true),
        (vec![failed, ok], true, false),
        (vec![failed, failed], false, false),
        (vec![ok, Outcome::Cancelled], true, false),
    ] {
        for how in How::ALL {
            let expected = if how == How::First {
                by_first
            } else {
                by_others
            };
            let is_success = how.is_success(outcomes.iter().copied());
            assert_eq!(is_success, expected, "{how} {outcomes:?}");
        }
    }
}

#[test]
fn theory_says_when_the_first_good_answer_and_the_first_failure_come() {
    let tasks = parse_tasks("a:400,b:300:503,c:100:503,d:200").expect("tasks");
    let theory = |how: How| how.predict(&tasks, &RetryPolicy::default()).map(Millis::ms);
    assert_eq!(theory(How::Sequential), Some(1000.0));
    assert_eq!(theory(How::Join), Some(400.0));
    // a | b, c, d one after another beside it.
    assert_eq!(theory(How::Pool(2)), Some(600.0));
    assert_eq!(theory(How::Pool(3)), Some(400.0));
    assert_eq!(theory(How::FailFast), Some(100.0));
    assert_eq!(theory(How::First), Some(200.0));
}

#[test]
fn theory_counts_attempts_and_waits_and_no_more_than_are_allowed() {
    let theory = |list: &str, timeout: Option<f64>, retries| {
        let policy = RetryPolicy {
            timeout: timeout.map(ms),
            retries,
            ..RetryPolicy::default()
        };
        let tasks = parse_tasks(list).expect("tasks");
        How::Join.predict(&tasks, &policy).map(Millis::ms)
    };
    assert_eq!(theory("a:300:503*2", None, 0), Some(300.0));
    assert_eq!(theory("a:300:503*2", None, 1), Some(613.0));
    assert_eq!(theory("a:300:503*2", None, 2), Some(1042.0));
    assert_eq!(theory("a:300:503*2", None, 3), Some(1042.0));
    assert_eq!(theory("a:300:404", None, 3), Some(300.0));
    assert_eq!(theory("a:300", Some(300.0), 1), Some(613.0));
    assert_eq!(theory("a:300", Some(300.01), 1), Some(300.0));
    assert_eq!(theory("a:300:hang", None, 0), Some(60_000.0));
}

/// Six calls have a connection each; the seventh waits for one.
#[test]
fn a_host_is_crowded_from_its_seventh_call_on() {
    let mut hosts = Hosts::default();
    hosts.limit("https://one.example");
    let tasks = |count: usize| -> Vec<Task> {
        let calls = (0..count).map(|n| {
            let mut task = Task::service(&format!("call {n}"), ms(100.0));
            let url = format!("https://one.example/{n}");
            task.point_at(EndpointUrl::parse(&url, parse_url).expect("a URL"));
            task
        });
        calls.collect()
    };
    let plain = RetryPolicy::default();
    let retrying = RetryPolicy {
        retries: 1,
        ..plain
    };
    let theory = |how: How, count, policy| {
        let made = how
            .forecast(&tasks(count), policy, &hosts)
            .map(|forecast| forecast.makespan);
        made.map(Millis::ms)
    };
    assert_eq!(PER_HOST, 6);
    assert_eq!(theory(How::Join, 6, &plain), Some(100.0));
    assert_eq!(theory(How::Join, 7, &plain), Some(200.0));
    assert_eq!(theory(How::Join, 12, &plain), Some(200.0));
    assert_eq!(theory(How::Join, 13, &plain), Some(300.0));
    assert_eq!(theory(How::Pool(6), 12, &plain), Some(200.0));
    assert_eq!(theory(How::Pool(7), 7, &plain), Some(200.0));
    // What waits for connections and may be tried again is beyond theory.
    assert_eq!(theory(How::Join, 6, &retrying), Some(100.0));
    assert_eq!(theory(How::Join, 7, &retrying), None);
    assert_eq!(theory(How::Pool(6), 7, &retrying), Some(200.0));
    assert_eq!(theory(How::Pool(7), 7, &retrying), None);
    assert_eq!(theory(How::Sequential, 7, &retrying), Some(700.0));
}

/// A stage's own query string is complained of only where it counts.
#[test]
fn a_parameter_takes_the_place_of_the_same_one_and_of_no_other() {
    let problems = |query, own| {
        let (_, problems) = Config::parse_over(query, own, parse_url);
        let parameters = problems.into_iter().map(|problem| problem.parameter);
        parameters.collect::<Vec<_>>()
    };
    let own = "mode=both";
    assert_eq!(problems("mode=turns", own), Vec::<&str>::new());
    assert_eq!(problems("theme=dark", own), ["mode"]);
    assert_eq!(problems("", own), ["mode"]);
    let own = "scenario=lunch";
    assert_eq!(problems("tasks=a:1", own), Vec::<&str>::new());
    assert_eq!(problems("mode=turns", own), ["scenario"]);
}

#[test]
fn a_resource_has_a_name_in_the_kitchen() {
    let words = Resource::ALL.map(Resource::word);
    assert_eq!(words, ["burner", "hands", "worker"]);
}
