//! Work for the processor: threads that share a lock, or an event loop, gain
//! nothing by it; workers do, where there are processors to be had.

use crate::Result;
use crate::program::{Program, Python, Run};
use crate::runnable::{Unit, Watch};

/// A clock of the kernel's and one of ours do not agree to the last tick, and
/// the languages have small threads of their own.
const SLACK: f64 = 1.2;

/// The share of the time in which two workers want a processor each: nearly
/// all of it, but that the second one starts and the first one ends alone.
const TOGETHER: f64 = 0.25;

const IN_TURN: [&str; 4] = ["start", "done", "start", "done"];

struct Worked {
    run: Run,
    /// Of how many processors at a time it was given the work.
    given: f64,
    /// The share of the time in which it wanted two or more, if that is known.
    together: Option<f64>,
}

async fn work(program: Program) -> Result<Worked> {
    let watch = Watch::new(match program.language {
        Python => Unit::Processes,
        _ => Unit::Threads,
    });
    let (run, used) = program.work(&watch).await?;
    assert!(run.good && run.total().is_some(), "{program}: {run:?}");
    let text = run.lines.join(" ");
    for name in ["first", "second"] {
        for word in ["start", "done"] {
            let said = format!("{word} {name}");
            assert!(text.contains(&said), "{program}: {run:?}");
        }
    }
    let given = used.as_secs_f64() / run.wall.as_secs_f64();
    let together = watch.together();
    assert!(given > 0.0, "{program}: {used:?}");
    if cfg!(target_os = "linux") {
        assert!(together.is_some(), "{program} was never seen at work");
    }
    Ok(Worked {
        run,
        given,
        together,
    })
}

/// One test, so that its programs come one after another.
#[tokio::test]
async fn workers_work_together_and_threads_that_share_one_lock_or_one_loop_do_not() -> Result<()> {
    for name in ["cpu-sequential", "cpu-join"] {
        for program in Program::each(name) {
            let worked = work(program).await?;
            let order = match (name, program.language) {
                // Both are at it, in turns too short to gain by.
                ("cpu-join", Python) => ["start", "start", "done", "done"],
                _ => IN_TURN,
            };
            assert_eq!(worked.run.log(), order, "{program}: {:?}", worked.run);
            assert!(worked.given < SLACK, "{program}: {}", worked.given);
            let together = worked.together.unwrap_or_default();
            assert!(together < TOGETHER, "{program}: {together}");
        }
    }
    for program in Program::each("cpu-workers") {
        let together = work(program).await?.together;
        let fine = together.is_none_or(|together| together > TOGETHER);
        assert!(fine, "{program}: {together:?}");
    }
    Ok(())
}
