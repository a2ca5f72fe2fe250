//! Every strategy, with and without time-outs and retries, as the page's result
//! tells it and, for real services, as the server at the other end sees it.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use harness::browser::{Browser, Options};
use harness::result::{EARLY, Run, RunResult, Task};
use harness::services::{Call, Services, most_in_flight};
use harness::site::Site;
use harness::wait::PATIENCE;

/// What a task came to: its outcome, and why it failed.
type End<'a> = (&'a str, Option<&'a str>);

const OK: End = ("ok", None);
const CANCELLED: End = ("cancelled", None);
const TIMED_OUT: End = ("timed-out", Some("timed out"));

fn failed(why: &str) -> End<'_> {
    ("failed", Some(why))
}

fn ends(run: &Run) -> Vec<End<'_>> {
    let tasks = run.tasks.iter();
    tasks
        .map(|task| (task.outcome.as_str(), task.error.as_deref()))
        .collect()
}

/// Runs what the query says; what it would still do of itself, it has done.
async fn run(query: &str) -> Result<RunResult> {
    let site = Site::start()?;
    let options = Options {
        count_wakeups: true,
        ..Options::default()
    };
    let browser = Browser::with_page(&site, query, &options).await?;
    let result = browser.run_by_click(PATIENCE * 2).await?;
    browser.rest().await?;
    // The browser itself says on the console that a call failed.
    browser
        .check_clean_but(|entry| entry.source.as_deref() == Some("network"))
        .await?;
    Ok(result)
}

/// Waits until every one of that many calls is over, and gives them; more must
/// not have come.
async fn after_all_is_over(services: &Services, calls: usize) -> Result<Vec<Call>> {
    let over = |seen: &[Call]| seen.len() >= calls && seen.iter().all(|call| call.ended.is_some());
    services
        .wait("the end of all calls", PATIENCE, over)
        .await?;
    let seen = services.calls();
    ensure!(seen.len() == calls, "not {calls} calls: {seen:#?}");
    Ok(seen)
}

fn of<'a>(calls: &'a [Call], name: &str) -> Vec<&'a Call> {
    calls.iter().filter(|call| call.name == name).collect()
}

#[tokio::test]
async fn a_pool_never_has_more_in_flight_than_its_limit_as_the_server_counts() -> Result<()> {
    let services = Services::start()?;
    let six = [
        ("a", 750),
        ("b", 1200),
        ("c", 600),
        ("d", 1050),
        ("e", 900),
        ("f", 660),
    ];
    let query = format!(
        "compare=pool:1,pool:2,pool:3,join&mode=turns&{}",
        services.endpoints(&six)
    );
    let result = run(&query).await?;
    let calls = after_all_is_over(&services, 4 * six.len()).await?;
    // One kitchen after the other, so one kitchen's calls after the other's.
    let most: Vec<usize> = calls.chunks(six.len()).map(most_in_flight).collect();
    assert_eq!(most, [1, 2, 3, 6], "{calls:#?}");
    // By hand: each call in order goes to the place that is free first.
    for (strategy, predicted) in [
        ("pool:1", 5160.0),
        ("pool:2", 2910.0),
        ("pool:3", 1860.0),
        ("join", 1200.0),
    ] {
        let run = result.run(strategy)?;
        assert_eq!(run.keeps_to_theory(1)?, predicted, "{strategy}");
        assert_eq!(ends(run), [OK; 6], "{strategy}");
    }
    Ok(())
}

#[tokio::test]
async fn whoever_is_cancelled_has_its_connection_closed_by_the_page() -> Result<()> {
    let services = Services::start()?;
    let query = format!(
        "compare=fail-fast,first&mode=turns&{}",
        services.behaving(&[
            ("bad", "ms=200&status=404"),
            ("good", "ms=3000"),
            ("slow", "ms=20000"),
            ("stuck", "ms=0&fault=hang"),
            ("trickling", "ms=20000&fault=slow-body"),
        ])
    );
    let result = run(&query).await?;
    let fail_fast = result.run("fail-fast")?;
    assert_eq!(fail_fast.outcome, "failed");
    assert_eq!(
        ends(fail_fast),
        [
            failed("HTTP 404"),
            CANCELLED,
            CANCELLED,
            CANCELLED,
            CANCELLED
        ]
    );
    let first = result.run("first")?;
    assert_eq!(first.outcome, "ok");
    assert_eq!(
        ends(first),
        [failed("HTTP 404"), OK, CANCELLED, CANCELLED, CANCELLED]
    );

    let calls = after_all_is_over(&services, 10).await?;
    for name in ["slow", "stuck", "trickling"] {
        let calls = of(&calls, name);
        assert!(calls.iter().all(|call| call.was_closed()), "{calls:#?}");
    }
    let good = of(&calls, "good");
    assert!(
        good[0].was_closed() && good[1].answered().is_some(),
        "{good:#?}"
    );
    let bad = of(&calls, "bad");
    assert!(bad.iter().all(|call| call.answered().is_some()), "{bad:#?}");
    // Not at some time, but as soon as the outcome was known.
    for (decided, cancelled) in [
        (bad[0], of(&calls, "slow")[0]),
        (good[1], of(&calls, "slow")[1]),
    ] {
        assert!(cancelled.over() >= decided.answered(), "{calls:#?}");
        let patience = decided.answered().map(|at| at + Duration::from_secs(5));
        assert!(cancelled.over() < patience, "{calls:#?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_cancelled_call_is_not_tried_again() -> Result<()> {
    let services = Services::start()?;
    // The flaky one goes on failing and being tried again until 404, which no
    // retry helps, ends it all.
    let query = format!(
        "compare=fail-fast,first&mode=turns&retries=10&backoff=50&{}",
        services.behaving(&[
            ("flaky", "ms=20&status=503"),
            ("bad", "ms=1500&status=404"),
            ("good", "ms=2500"),
        ])
    );
    let result = run(&query).await?;
    let before = services.calls().len();
    let [fail_fast, first] = [result.run("fail-fast")?, result.run("first")?];
    assert_eq!(ends(fail_fast), [CANCELLED, failed("HTTP 404"), CANCELLED]);
    assert_eq!(ends(first), [CANCELLED, failed("HTTP 404"), OK]);
    assert!(fail_fast.tasks[0].attempts >= Some(2), "{fail_fast:?}");
    let calls = after_all_is_over(&services, before).await?;
    let flaky = |run: &Run| run.tasks[0].attempts.unwrap_or(1) as usize;
    // One that was cancelled at its start may not have reached the server.
    assert!(
        of(&calls, "flaky").len() <= flaky(fail_fast) + flaky(first),
        "{calls:#?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_call_that_takes_too_long_has_its_connection_closed() -> Result<()> {
    let services = Services::start()?;
    let query = format!(
        "compare=join,pool:2&mode=turns&timeout=2000&{}",
        services.behaving(&[
            ("fine", "ms=100"),
            ("slow", "ms=20000"),
            ("stuck", "ms=0&fault=hang"),
            // Its headers come in time, and its body does not.
            ("trickling", "ms=3600&fault=slow-body"),
        ])
    );
    let result = run(&query).await?;
    for run in &result.runs {
        assert_eq!(ends(run), [OK, TIMED_OUT, TIMED_OUT, TIMED_OUT]);
        for task in run.tasks.iter().skip(1) {
            let took = task.start_ms.map(|start| task.end_ms - start);
            assert!(took >= Some(2000.0 - EARLY), "{task:?}");
        }
    }
    for call in after_all_is_over(&services, 8).await? {
        assert_eq!(call.was_closed(), call.name != "fine", "{call:#?}");
        let took = call.over().map(|over| over - call.arrived);
        assert!(took < Some(Duration::from_secs(5)), "{call:#?}");
    }
    Ok(())
}

#[tokio::test]
async fn an_attempt_that_took_too_long_is_closed_before_the_next_is_made() -> Result<()> {
    let services = Services::start()?;
    let query = format!(
        "compare=sequential,join&mode=turns&timeout=1000&retries=2&backoff=40&tasks=stuck:0:hang&{}",
        services.behaving(&[("stuck", "ms=0&fault=hang")])
    );
    let result = run(&query).await?;
    for run in &result.runs {
        assert_eq!(ends(run), [TIMED_OUT]);
        assert_eq!(run.tasks[0].attempts, Some(3));
        run.keeps_to_theory(3)?;
    }
    let calls = after_all_is_over(&services, 6).await?;
    assert!(calls.iter().all(Call::was_closed), "{calls:#?}");
    Ok(())
}

#[tokio::test]
async fn retries_outlast_a_fault_that_goes_away_and_no_other() -> Result<()> {
    let tasks = "tasks=a:400:503*2,b:400:503*3,gone:400:404*1,cut:400:drop*1,broken:400:malformed*1,fine:400";
    let result = run(&format!("compare=join,pool:6&retries=2&backoff=20&{tasks}")).await?;
    for run in &result.runs {
        let expected = [OK, failed("HTTP 503"), failed("HTTP 404"), OK, OK, OK];
        assert_eq!(ends(run), expected);
        let attempts: Vec<Option<u32>> = run.tasks.iter().map(|task| task.attempts).collect();
        // A server's "no" stays one, whatever it would say the next time.
        let three = Some(3);
        assert_eq!(attempts, [three, three, None, Some(2), Some(2), None]);
        // Three attempts, and two waits of at most 20 and 40 ms.
        let predicted = run.keeps_to_theory(5)?;
        assert!((1200.0..=1260.0).contains(&predicted), "{run:?}");
    }
    Ok(())
}

#[tokio::test]
async fn a_seed_replays_the_same_waits() -> Result<()> {
    let flaky = "tasks=a:300:503*2&compare=sequential,join&retries=2";
    let mut predicted = Vec::new();
    for rest in [
        "backoff=2000&seed=7",
        "backoff=2000&seed=7",
        "backoff=2000&seed=8",
        "backoff=0",
    ] {
        let result = run(&format!("{flaky}&{rest}")).await?;
        for run in &result.runs {
            assert_eq!(ends(run), [OK], "{rest}");
            assert_eq!(run.tasks[0].attempts, Some(3), "{rest}");
            run.keeps_to_theory(5).context(rest)?;
        }
        predicted.push(result.run("join")?.predicted_ms);
    }
    assert_eq!(predicted[0], predicted[1]);
    assert_ne!(predicted[0], predicted[2]);
    assert_eq!(predicted[3], Some(900.0), "nothing but three attempts");
    Ok(())
}

/// A strategy, what theory gives, and how each task is to end.
type Theory<'a> = (&'a str, f64, &'a [End<'a>]);

/// Runs all of that with the embedded services, which are never early, and
/// checks predictions and outcomes.
async fn agrees_with_theory(query: &str, theory: &[Theory<'_>]) -> Result<()> {
    let words: Vec<&str> = theory.iter().map(|(strategy, ..)| *strategy).collect();
    let result = run(&format!("compare={}&{query}", words.join(","))).await?;
    ensure!(result.source == "service-worker", "{result:?}");
    let order: Vec<&str> = result
        .runs
        .iter()
        .map(|run| run.strategy.as_str())
        .collect();
    assert_eq!(order, words);
    for (run, (strategy, predicted, expected)) in result.runs.iter().zip(theory) {
        assert_eq!(ends(run), *expected, "{strategy}, {query}");
        let theory = run.keeps_to_theory(run.tasks.len());
        assert_eq!(
            theory.context(query.to_owned())?,
            *predicted,
            "{strategy}, {query}"
        );
    }
    Ok(())
}

#[tokio::test]
async fn predictions_of_every_strategy_are_theorys() -> Result<()> {
    // Far enough from each other for a busy machine to keep their order.
    let b = failed("HTTP 503");
    let all = [OK, b, OK, OK];
    agrees_with_theory(
        "tasks=a:300,b:900:503,c:1350,d:525",
        &[
            ("sequential", 3075.0, &all),
            ("join", 1350.0, &all),
            // a and then c beside b and then d.
            ("pool:2", 1650.0, &all),
            // d ends before b fails.
            ("fail-fast", 900.0, &[OK, b, CANCELLED, OK]),
        ],
    )
    .await?;
    let late = [OK, b, TIMED_OUT, OK];
    agrees_with_theory(
        "tasks=a:800,b:1000:503,c:20000,d:900&timeout=2500",
        &[
            ("sequential", 5200.0, &late),
            ("pool:2", 3300.0, &late),
            ("pool:1000", 2500.0, &late),
            ("first", 800.0, &[OK, CANCELLED, CANCELLED, CANCELLED]),
        ],
    )
    .await?;
    let [a, b] = [failed("HTTP 500"), failed("no answer (network error)")];
    agrees_with_theory(
        "tasks=a:800:500,b:900:drop",
        &[("first", 900.0, &[a, b]), ("join", 900.0, &[a, b])],
    )
    .await
}

/// Calls that take their time never come back before it, and are tried again
/// for that: in theory as in truth.
#[tokio::test]
async fn an_answer_that_takes_just_as_long_as_it_may_is_too_late() -> Result<()> {
    let both = [TIMED_OUT, TIMED_OUT];
    agrees_with_theory(
        "tasks=a:400,b:400:slow-body&timeout=400&retries=1&backoff=0",
        &[("sequential", 1600.0, &both), ("join", 800.0, &both)],
    )
    .await
}

#[tokio::test]
async fn every_fault_of_the_embedded_services_is_told_by_its_error() -> Result<()> {
    let query = "timeout=3000&tasks=gone:50:404,busy:50:503,broken:50:malformed,cut:50:drop,\
                 stuck:50:hang,slow:900:slow-body";
    let all = every_fault();
    agrees_with_theory(
        query,
        &[
            ("sequential", 4100.0, &all),
            ("join", 3000.0, &all),
            // Five of six at once, and the slow one where the first ended.
            ("pool:5", 3000.0, &all),
            // The longest of those that fail is not waited for by `first`.
            (
                "first",
                900.0,
                &[all[0], all[1], all[2], all[3], CANCELLED, OK],
            ),
        ],
    )
    .await
}

fn every_fault() -> [End<'static>; 6] {
    [
        failed("HTTP 404"),
        failed("HTTP 503"),
        failed("malformed JSON"),
        failed("no answer (network error)"),
        TIMED_OUT,
        OK,
    ]
}

#[tokio::test]
async fn every_fault_of_real_services_is_told_by_its_error() -> Result<()> {
    let services = Services::start()?;
    let query = format!(
        "compare=sequential,join,pool:3&mode=turns&timeout=1500&{}",
        services.behaving(&[
            ("gone", "ms=50&status=404"),
            ("busy", "ms=50&status=503"),
            ("broken", "ms=50&fault=malformed"),
            ("cut", "ms=50&fault=drop"),
            ("stuck", "ms=50&fault=hang"),
            ("slow", "ms=300&fault=slow-body"),
        ])
    );
    let result = run(&query).await?;
    assert_eq!(result.source, "network");
    for run in &result.runs {
        assert_eq!(ends(run), every_fault(), "{}", run.strategy);
        assert_eq!(run.predicted_ms, None, "nobody said how long they take");
    }
    let closed = |calls: &[Call]| {
        let stuck = of(calls, "stuck");
        stuck.len() == 3 && stuck.iter().all(|call| call.was_closed())
    };
    let what = "the calls that hang to be closed";
    services.wait(what, PATIENCE, closed).await?;
    Ok(())
}

#[tokio::test]
async fn two_to_four_strategies_stand_side_by_side_and_no_other_number() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "tasks=a:60,b:40", &Options::default()).await?;
    for (index, compare) in [
        "first,join",
        "pool:1,pool:2,first",
        "sequential,join,pool:2,fail-fast",
    ]
    .into_iter()
    .enumerate()
    {
        browser
            .configure(&format!("tasks=a:60,b:40&compare={compare}"))
            .await?;
        browser.wait_for_state("ready").await?;
        assert_eq!(browser.notices().await?.len(), 0, "{compare}");
        browser.click(harness::page::RUN).await?;
        let result = browser.finished_event(index, PATIENCE).await?;
        let order: Vec<&str> = result
            .runs
            .iter()
            .map(|run| run.strategy.as_str())
            .collect();
        assert_eq!(order.join(","), compare);
    }
    Ok(())
}

#[tokio::test]
async fn what_no_strategy_is_and_no_policy_has_is_named_and_the_default_runs() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_page(&site, "tasks=a:20", &Options::default()).await?;
    for (query, named) in [
        ("compare=first,join,first,join,first", "1 to 4"),
        ("compare=turbo,join", "turbo"),
        ("compare=pool:0,join", "pool:0"),
        ("compare=pool:1000000,join", "pool:1000000"),
        ("compare=pool,join", "pool"),
        ("retries=1000", "1000"),
        ("retries=-1", "-1"),
        ("timeout=0", "timeout"),
        ("backoff=99999999", "99999999"),
        ("seed=x", "seed"),
    ] {
        browser.configure(&format!("tasks=a:20&{query}")).await?;
        browser.wait_for_state("ready").await?;
        let notices = browser.notices().await?;
        assert!(
            notices.iter().any(|notice| notice.text.contains(named)),
            "{query}: {notices:?}"
        );
        let before = browser.probe().await?.finished.len();
        browser.click(harness::page::RUN).await?;
        let result = browser.finished_event(before, PATIENCE).await?;
        let compared: Vec<&str> = result
            .runs
            .iter()
            .map(|run| run.strategy.as_str())
            .collect();
        assert_eq!(compared, ["sequential", "join"], "{query}");
        assert!(
            result.runs.iter().flat_map(|run| &run.tasks).all(is_plain),
            "{query}: {result:?}"
        );
    }
    Ok(())
}

fn is_plain(task: &Task) -> bool {
    task.outcome == "ok" && task.attempts.is_none()
}
