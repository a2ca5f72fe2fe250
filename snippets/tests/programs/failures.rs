//! Calls that fail: what a program makes of it, and where that is not what the
//! page's kitchen does. Of each difference there is a note for the page.

use futures::future::try_join_all;

use crate::Result;
use crate::calls::aborts;
use crate::front::{Behaving, Front, Log};
use crate::program::{JavaScript, Language, Program, Python, Run, Rust};

/// The notes that are held here and, of work, in `cpu`.
pub const NOTED: [(&str, Language); 15] = [
    ("sequential", Python),
    ("sequential", JavaScript),
    ("sequential", Rust),
    ("threads", Python),
    ("threads", JavaScript),
    ("threads", Rust),
    ("fail-fast", Python),
    ("first", Python),
    ("plain", Python),
    ("plain", JavaScript),
    ("plain", Rust),
    ("answer", Python),
    ("answer", JavaScript),
    ("answer", Rust),
    ("cpu-join", Python),
];

const BILLING_FAILS: Behaving = &[("billing", "ms=800&status=503")];

/// A call that can be aborted may take as long as the busiest machine needs to
/// abort it; the others are waited for.
fn user_fails(language: Language) -> Behaving {
    match aborts(language) {
        true => &[
            ("user", "ms=500&status=503"),
            ("billing", "ms=20000"),
            ("orders", "ms=20000"),
        ],
        false => &[
            ("user", "ms=500&status=503"),
            ("billing", "ms=2500"),
            ("orders", "ms=2500"),
        ],
    }
}

/// The billing's answer is then the first good one, long before the last.
fn orders_are_late(language: Language) -> Behaving {
    match aborts(language) {
        true => &[("user", "ms=300&status=503"), ("orders", "ms=20000")],
        false => &[("user", "ms=300&status=503"), ("orders", "ms=2500")],
    }
}

/// The first of two calls; the second is aborted in JavaScript alone.
fn first_fails(language: Language) -> Behaving {
    match language {
        JavaScript => &[("user", "ms=300&status=503"), ("billing", "ms=20000")],
        Python | Rust => &[("user", "ms=300&status=503")],
    }
}

/// No answer at all.
const DROPPED: Behaving = &[
    ("user", "ms=300&fault=drop"),
    ("billing", "ms=20000"),
    ("orders", "ms=20000"),
];

async fn run(program: Program, behaving: Behaving) -> Result<(Program, Run, Log)> {
    let front = Front::start(behaving).await?;
    let run = program.run(&front).await?;
    Ok((program, run, front.log().await?))
}

async fn runs(
    name: &'static str,
    behaving: impl Fn(Language) -> Behaving,
) -> Result<Vec<(Program, Run, Log)>> {
    try_join_all(Program::each(name).map(|program| run(program, behaving(program.language)))).await
}

/// How many lines tell of the failure.
fn failures(run: &Run) -> usize {
    run.lines.iter().filter(|line| line.contains("503")).count()
}

#[tokio::test]
async fn sequential_ends_at_its_first_failure() -> Result<()> {
    for (program, run, log) in runs("sequential", |_| BILLING_FAILS).await? {
        assert!(
            !run.good && run.errors.contains("503"),
            "{program}: {run:?}"
        );
        assert_eq!(run.lines.len(), 1, "{program}: {run:?}");
        assert_eq!(run.answers(), ["user"], "{program}");
        assert_eq!(log.asked, ["user", "billing"], "{program}");
    }
    Ok(())
}

#[tokio::test]
async fn join_and_pool_keep_every_outcome() -> Result<()> {
    let (join, pool) = futures::try_join!(
        runs("join", |_| BILLING_FAILS),
        runs("pool", |_| BILLING_FAILS)
    )?;
    for (times, runs) in [(1, join), (2, pool)] {
        for (program, run, log) in runs {
            assert!(run.good && run.total().is_some(), "{program}: {run:?}");
            assert_eq!(failures(&run), times, "{program}: {run:?}");
            assert_eq!(run.answers().len(), 2 * times, "{program}: {run:?}");
            assert_eq!(log.answered.len(), 3 * times, "{program}: {log:?}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn threads_by_hand_lose_what_went_wrong() -> Result<()> {
    for (program, run, log) in runs("threads", |_| BILLING_FAILS).await? {
        assert!(run.good && run.total().is_some(), "{program}: {run:?}");
        let mut answers = run.answers();
        answers.sort_unstable();
        assert_eq!(answers, ["orders", "user"], "{program}: {run:?}");
        assert_eq!((failures(&run), log.answered.len()), (0, 3), "{program}");
        match program.language {
            // Its thread says so on its own account.
            Python => {
                assert_eq!(run.lines[1], "no answer");
                assert!(run.errors.contains("503"), "{run:?}");
            }
            JavaScript => {
                let taken = run.lines.iter().filter(|line| line.contains("error"));
                assert_eq!(taken.count(), 1, "{run:?}");
            }
            Rust => assert_eq!(run.lines.len(), 3, "{run:?}"),
        }
    }
    Ok(())
}

#[tokio::test]
async fn callbacks_end_with_a_call_that_gets_no_answer() -> Result<()> {
    let program = Program {
        name: "threads",
        language: JavaScript,
    };
    let (_, run, log) = run(program, DROPPED).await?;
    assert!(!run.good && run.total().is_none(), "{run:?}");
    assert_eq!(log.aborted, ["billing", "orders"], "{run:?}");
    Ok(())
}

#[tokio::test]
async fn fail_fast_aborts_the_others_where_they_can_be() -> Result<()> {
    for (program, run, log) in runs("fail-fast", user_fails).await? {
        assert!(run.good, "{program}: {run:?}");
        assert_eq!(failures(&run), 1, "{program}: {run:?}");
        assert_eq!(run.lines.len(), 2, "{program}: {run:?}");
        let total = run.total().unwrap_or_default();
        if aborts(program.language) {
            assert_eq!(log.aborted, ["billing", "orders"], "{program}");
            assert!(total >= 0.5, "{program}: {run:?}");
        } else {
            assert_eq!(log.answered.len(), 3, "{program}: {log:?}");
            assert!(total >= 2.5, "{program}: {run:?}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_failure_is_not_the_first_good_answer() -> Result<()> {
    for (program, run, log) in runs("first", orders_are_late).await? {
        assert!(run.good, "{program}: {run:?}");
        assert_eq!(run.answers(), ["billing"], "{program}");
        assert_eq!(run.lines.len(), 2, "{program}: {run:?}");
        let total = run.total().unwrap_or_default();
        if aborts(program.language) {
            assert_eq!(log.aborted, ["orders"], "{program}");
            assert!(total >= 0.8, "{program}: {run:?}");
        } else {
            assert_eq!(log.answered.len(), 3, "{program}: {log:?}");
            assert!(total >= 2.5, "{program}: {run:?}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn plain_calls_end_at_the_first_failure() -> Result<()> {
    for (program, run, log) in runs("plain", first_fails).await? {
        assert!(
            !run.good && run.errors.contains("503"),
            "{program}: {run:?}"
        );
        assert_eq!((run.answers().len(), run.total()), (0, None), "{program}");
        assert_eq!(log.asked, ["user"], "{program}");
    }
    Ok(())
}

#[tokio::test]
async fn the_answer_ends_without_a_total_and_waits_for_the_other_call_or_not() -> Result<()> {
    for (program, run, log) in runs("answer", first_fails).await? {
        assert!(
            !run.good && run.errors.contains("503"),
            "{program}: {run:?}"
        );
        assert_eq!((run.answers().len(), run.total()), (0, None), "{program}");
        assert_eq!(log.most, 2, "{program}: {log:?}");
        match program.language {
            JavaScript => assert_eq!(log.aborted, ["billing"], "{log:?}"),
            Python | Rust => assert_eq!(log.answered, ["user", "billing"], "{log:?}"),
        }
    }
    Ok(())
}
