//! Calls that all go well: their answers, their order, and their time.

use std::collections::BTreeMap;

use futures::future::try_join_all;

use crate::Result;
use crate::front::{Behaving, Front, Log};
use crate::program::{JavaScript, Language, Program, Python, Run, Rust};

/// So slow that a busy machine has time to start, or to end, the others.
const SLOW: &str = "ms=2000";
const SLOW_ALL: Behaving = &[("user", SLOW), ("billing", SLOW), ("orders", SLOW)];

/// Where the others can be aborted they may take as long as that needs.
fn slow_others(language: Language) -> Behaving {
    match aborts(language) {
        true => &[("billing", "ms=20000"), ("orders", "ms=20000")],
        false => &[("billing", SLOW), ("orders", SLOW)],
    }
}

const TURNS: [&str; 3] = ["user", "billing", "orders"];

/// Runs of a program in each of the languages, with services of their own.
async fn runs(name: &'static str) -> Result<Vec<(Program, Run, Log)>> {
    runs_with(name, |_| &[]).await
}

async fn runs_with(
    name: &'static str,
    behaving: impl Fn(Language) -> Behaving,
) -> Result<Vec<(Program, Run, Log)>> {
    let runs = Program::each(name).map(async |program| {
        let front = Front::start(behaving(program.language)).await?;
        let run = program.run(&front).await?;
        assert!(run.good, "{program}: {run:?}");
        Ok((program, run, front.log().await?))
    });
    try_join_all(runs).await
}

fn total(program: Program, run: &Run) -> f64 {
    run.total()
        .unwrap_or_else(|| panic!("{program} has no total: {run:?}"))
}

fn sorted(answers: &[&str]) -> Vec<String> {
    let mut sorted: Vec<String> = answers.iter().map(|&name| name.into()).collect();
    sorted.sort();
    sorted
}

/// How long each language's program took.
fn totals(runs: &[(Program, Run, Log)]) -> BTreeMap<&'static str, f64> {
    let totals = runs
        .iter()
        .map(|(program, run, _)| (program.language.words().0, total(*program, run)));
    totals.collect()
}

fn quicker(one: &[(Program, Run, Log)], other: &[(Program, Run, Log)]) {
    let slower = totals(other);
    for (language, total) in totals(one) {
        assert!(total < slower[language], "{language}: {total} {slower:?}");
    }
}

#[tokio::test]
async fn three_calls_take_their_sum_in_turn_and_less_all_at_once() -> Result<()> {
    let (sequential, join, threads) =
        futures::try_join!(runs("sequential"), runs("join"), runs("threads"))?;
    for (program, run, log) in &sequential {
        assert_eq!(run.answers(), TURNS, "{program}");
        assert_eq!(
            (&log.asked[..], log.most),
            (&TURNS.map(String::from)[..], 1)
        );
        assert!(total(*program, run) >= 2.5, "{program}: {run:?}");
    }
    for (program, run, log) in join.iter().chain(&threads) {
        assert_eq!(sorted(&run.answers()), sorted(&TURNS), "{program}");
        assert!(log.most > 1, "{program}: {log:?}");
        assert!(total(*program, run) >= 1.2, "{program}: {run:?}");
    }
    for (program, run, _) in &join {
        assert_eq!(run.answers(), TURNS, "{program}");
    }
    quicker(&join, &sequential);
    quicker(&threads, &sequential);
    Ok(())
}

#[tokio::test]
async fn a_pool_of_two_has_two_calls_in_flight_and_answers_all_six() -> Result<()> {
    for (program, run, log) in runs("pool").await? {
        assert_eq!(log.most, 2, "{program}: {log:?}");
        let all = [TURNS, TURNS].concat();
        assert_eq!(sorted(&run.answers()), sorted(&all), "{program}");
        // No schedule of two is quicker than half of the sum.
        assert!(total(program, &run) >= 2.5, "{program}: {run:?}");
    }
    Ok(())
}

#[tokio::test]
async fn where_nothing_fails_all_answers_come_and_all_is_asked_at_once() -> Result<()> {
    let (fail_fast, join, threads) = futures::try_join!(
        runs_with("fail-fast", |_| SLOW_ALL),
        runs_with("join", |_| SLOW_ALL),
        runs_with("threads", |_| SLOW_ALL),
    )?;
    for (program, run, log) in fail_fast.into_iter().chain(join).chain(threads) {
        assert_eq!(sorted(&run.answers()), sorted(&TURNS), "{program}");
        assert_eq!((log.most, log.aborted.len()), (3, 0), "{program}: {log:?}");
        assert!(total(program, &run) >= 2.0, "{program}: {run:?}");
    }
    Ok(())
}

#[tokio::test]
async fn the_first_good_answer_wins_and_the_others_are_aborted_where_they_can_be() -> Result<()> {
    for (program, run, log) in runs_with("first", slow_others).await? {
        assert_eq!(run.answers(), ["user"], "{program}");
        let total = total(program, &run);
        if aborts(program.language) {
            assert_eq!(log.aborted, ["billing", "orders"], "{program}");
            assert!(total >= 0.5, "{program}: {run:?}");
        } else {
            assert_eq!(log.answered.len(), 3, "{program}: {log:?}");
            assert!(total >= 2.0, "{program}: {run:?}");
        }
    }
    Ok(())
}

/// Whether a call that is in flight can be ended in that language.
pub fn aborts(language: Language) -> bool {
    match language {
        Python => false,
        JavaScript | Rust => true,
    }
}

#[tokio::test]
async fn two_calls_start_and_are_done_in_turn_or_both_start_before_either_is_done() -> Result<()> {
    let (plain, answer) = futures::try_join!(runs("plain"), runs("answer"))?;
    for (program, run, log) in &plain {
        assert_eq!(
            run.log(),
            ["start", "done", "start", "done"],
            "{program}: {run:?}"
        );
        assert_eq!(run.answers(), ["user", "billing"], "{program}");
        assert_eq!(log.most, 1, "{program}: {log:?}");
        assert!(total(*program, run) >= 4.0, "{program}: {run:?}");
    }
    for (program, run, log) in &answer {
        assert_eq!(
            run.log(),
            ["start", "start", "done", "done"],
            "{program}: {run:?}"
        );
        assert_eq!(run.answers(), ["user", "billing"], "{program}");
        assert_eq!(log.most, 2, "{program}: {log:?}");
        assert!(total(*program, run) >= 2.0, "{program}: {run:?}");
    }
    quicker(&answer, &plain);
    Ok(())
}
