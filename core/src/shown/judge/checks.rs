//! Each check, and what it says of what happened.

use super::{Case, Checked};
use crate::asked::exercise::Check;
use crate::decimal::short;
use crate::millis::Millis;
use crate::outcome::Outcome;
use crate::recorded::program::{Called, Process, Thread, ThreadState};
use crate::run::told::Stream;
use crate::shown::session::How;
use crate::text::{concat, join};

/// How much later than another thing counts as at the same time: threads take turns.
const MOMENT: Millis = Millis::new(50.0);

/// By what part of itself a wait has to be longer than the one before it.
const GROWS: f64 = 1.2;

/// The shortest wait that is one: to be tried again at once takes some milliseconds.
const LEAST_WAIT: Millis = Millis::new(20.0);

/// By what part a time that was set may be exceeded.
const SLACK: f64 = 1.3;

/// What part of its work a program has to do while calls are in flight.
const MEANWHILE: f64 = 0.4;

pub(super) fn check(case: Case<'_>, check: Check) -> Checked {
    let (is_passed, says) = match check {
        Check::Prints => prints(case),
        Check::Asks => asks(case),
        Check::Needs => needs(case),
        Check::Time => time(case),
        Check::Limit => limit(case),
        Check::Survives => survives(case),
        Check::Stops => stops(case),
        Check::GivesUp(after) => gives_up(case, after),
        Check::BacksOff => backs_off(case),
        Check::AsTheyCome => as_they_come(case),
        Check::Processes => processes(case),
        Check::WorksMeanwhile => works_meanwhile(case),
        Check::NothingLeft => nothing_left(case),
    };
    Checked {
        check,
        is_passed,
        says,
    }
}

type Found = (bool, String);

fn count(number: usize) -> String {
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    let number = number as f64;
    short(number)
}

fn prints(case: Case<'_>) -> Found {
    let mut text = String::new();
    for written in case.run.program.written() {
        if written.stream == Stream::Output {
            text += &written.text;
        }
    }
    let mut lines = text.lines().map(str::trim);
    for wanted in &case.exercise.prints {
        if !lines.any(|line| line == wanted) {
            let says = concat(&[
                "The line “",
                wanted,
                "” was not written, or not in its turn.",
            ]);
            return (false, says);
        }
    }
    (true, "It wrote what it should.".into())
}

fn asks(case: Case<'_>) -> Found {
    let calls = case.calls();
    for task in &case.exercise.services {
        let asked = calls.iter().filter(|call| call.name == task.name).count();
        if asked != 1 {
            let times = match asked {
                0 => "never".to_owned(),
                more => concat(&[&count(more), " times"]),
            };
            return (false, concat(&[&task.name, " was asked ", &times, "."]));
        }
    }
    (true, "Each service was asked once.".into())
}

fn needs(case: Case<'_>) -> Found {
    let calls = case.calls();
    for (later, first) in &case.exercise.needs {
        let answered = calls.iter().find(|call| call.name == *first);
        let answered = answered.map(|call| call.until());
        let mut asked = calls.iter().filter(|call| call.name == *later);
        if let Some(call) = asked.find(|call| answered.is_none_or(|at| call.begun < at)) {
            let says = [&*call.name, " was asked before ", first, " had answered."];
            return (false, concat(&says));
        }
    }
    (true, "Nothing was asked before what it needs.".into())
}

fn time(case: Case<'_>) -> Found {
    let calls = case.calls();
    let best = case.exercise.best(|name| {
        let asked = calls.iter().filter(|call| call.name == name);
        asked.map(|call| call.takes()).reduce(Millis::min)
    });
    // What comes before the first call is Python's own time.
    let first = calls.first().map_or(Millis::ZERO, |call| call.begun);
    let took = (case.end.took - first).settled();
    let ratio = if best > Millis::ZERO {
        took / best
    } else {
        1.0
    };
    let most = case.exercise.ratio.unwrap_or(f64::INFINITY);
    let says = concat(&[
        "It took ",
        &took.spoken(),
        "; the best there can be is ",
        &best.spoken(),
        ": ",
        &short(ratio),
        " times that.",
    ]);
    (ratio <= most && case.end.how != How::Stopped, says)
}

fn limit(case: Case<'_>) -> Found {
    let calls = case.calls();
    let most = calls.iter().map(|call| in_flight(&calls, call.begun)).max();
    let most = most.unwrap_or_default();
    let limit = case.exercise.limit.unwrap_or(usize::MAX);
    let says = concat(&[
        "At the most ",
        &count(most),
        " calls were in flight together.",
    ]);
    (most > 0 && most <= limit, says)
}

fn in_flight(calls: &[&Called], at: Millis) -> usize {
    let on_the_way = |call: &&&Called| call.begun <= at && at < call.until();
    calls.iter().filter(on_the_way).count()
}

fn survives(case: Case<'_>) -> Found {
    match case.end.how {
        How::Ok => (true, "It went on after a call had failed.".into()),
        How::Raised => (false, "A failed call ended the whole program.".into()),
        _ => (false, "It did not come to its end.".into()),
    }
}

fn is_failure(call: &Called) -> bool {
    matches!(call.outcome(), Outcome::Failed(_))
}

fn stops(case: Case<'_>) -> Found {
    let calls = case.calls();
    let failures = calls.iter().filter(|call| is_failure(call));
    let Some(first) = failures.map(|call| call.until()).reduce(Millis::min) else {
        return (
            false,
            "No call failed, so there was nothing to stop for.".into(),
        );
    };
    // A worker that is free takes the next at once: there is no grace in that.
    let late = calls.iter().filter(|call| call.begun > first).count();
    if late > 0 {
        let says = concat(&[&count(late), " calls began after one had failed."]);
        return (false, says);
    }
    let in_flight = calls
        .iter()
        .map(|call| call.until())
        .fold(first, Millis::max);
    let is_soon = case.end.took <= (in_flight * SLACK).max(in_flight + MOMENT);
    match is_soon && !matches!(case.end.how, How::Stopped | How::Deadlock) {
        true => (true, "After the failure no further call began.".into()),
        false => (false, "It went on long after the failure.".into()),
    }
}

fn gives_up(case: Case<'_>, after: Millis) -> Found {
    let calls = case.calls();
    let most = after * SLACK;
    if let Some(call) = calls.iter().find(|call| call.takes() > most) {
        let (name, took) = (&call.name, call.takes().spoken());
        return (false, concat(&["It waited ", &took, " for ", name, "."]));
    }
    let given_up = calls
        .iter()
        .find(|call| call.outcome() == Outcome::Cancelled);
    let Some(given_up) = given_up else {
        return (false, "No call was given up.".into());
    };
    let took = given_up.takes().spoken();
    (
        true,
        concat(&["It gave ", &given_up.name, " up after ", &took, "."]),
    )
}

fn backs_off(case: Case<'_>) -> Found {
    let calls = case.calls();
    let Some(name) = calls
        .iter()
        .find(|call| is_failure(call))
        .map(|call| &call.name)
    else {
        return (
            false,
            "No call failed, so there was nothing to try again.".into(),
        );
    };
    let tries: Vec<&&Called> = calls.iter().filter(|call| call.name == *name).collect();
    let waits: Vec<Millis> = tries
        .windows(2)
        .map(|pair| pair[1].begun - pair[0].until())
        .collect();
    let is_good = tries
        .last()
        .is_some_and(|call| call.outcome() == Outcome::Ok);
    let Some(first) = waits.first().filter(|_| is_good) else {
        return (false, concat(&[name, " was not tried until it answered."]));
    };
    let said: Vec<String> = waits.iter().map(|wait| wait.spoken()).collect();
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    let says = concat(&[
        "It waited ",
        &join(&said, ", then "),
        " before it tried ",
        name,
        " again.",
    ]);
    let grows = waits.windows(2).all(|pair| pair[1] >= pair[0] * GROWS);
    (*first >= LEAST_WAIT && grows, says)
}

fn as_they_come(case: Case<'_>) -> Found {
    let mut answered: Vec<&Called> = Vec::new();
    for call in case.calls() {
        if call.outcome() == Outcome::Ok {
            let place = answered.partition_point(|other| other.until() <= call.until());
            answered.insert(place, call);
        }
    }
    for pair in answered.windows(2) {
        let (one, next) = (pair[0], pair[1]);
        let mut written = case.run.program.written().iter();
        let is_told = written.any(|text| {
            // The interpreter's clock may be a moment behind the page's.
            let is_in_time = text.at + MOMENT >= one.until() && text.at < next.until();
            is_in_time && text.text.contains(&*one.name)
        });
        if !is_told {
            let (one, next) = (&one.name, &next.name);
            let says = concat(&[
                "Nothing was written of ",
                one,
                " before ",
                next,
                " answered.",
            ]);
            return (false, says);
        }
    }
    match answered.len() {
        0 | 1 => (false, "There were not two answers.".into()),
        _ => (true, "Each answer was written as it came.".into()),
    }
}

/// For how long these threads had their interpreter, within that time.
fn ran(thread: &Thread, from: Millis, until: Millis) -> Millis {
    let mut ran = Millis::ZERO;
    for stretch in &thread.stretches {
        if stretch.state == ThreadState::Running {
            let end = stretch.until.unwrap_or(until).min(until);
            ran += (end - stretch.from.max(from)).max(Millis::ZERO);
        }
    }
    ran
}

fn processes(case: Case<'_>) -> Found {
    let processes = case.run.program.processes();
    // Not by how much each did: who is started first may take most of the work.
    let there = |at: Millis| {
        let is_there = |one: &&Process| one.from <= at && one.until.is_none_or(|until| at < until);
        processes.iter().filter(is_there).count()
    };
    let together = processes.iter().map(|one| there(one.from)).max();
    let together = together.unwrap_or_default();
    let says = match together {
        0 => "All of it was done by one interpreter, one thread at a time.".into(),
        1 => "One process did all the work.".into(),
        number => concat(&[&count(number), " processes were there together."]),
    };
    (together > 1, says)
}

/// What can be done meanwhile is all that there is time for from the first answer to
/// the last: a slow machine has more work than that.
fn works_meanwhile(case: Case<'_>) -> Found {
    let answers = || case.calls().into_iter().map(|call| call.until());
    let first = answers().reduce(Millis::min).unwrap_or_default();
    let last = answers().reduce(Millis::max).unwrap_or_default();
    let (mut all, mut meanwhile) = (Millis::ZERO, Millis::ZERO);
    let mut flights: Vec<(Millis, Millis)> = Vec::new();
    for call in case.calls() {
        match flights.last_mut() {
            Some(last) if call.begun <= last.1 => last.1 = last.1.max(call.until()),
            _ => flights.push((call.begun, call.until())),
        }
    }
    for thread in case.run.program.threads() {
        all += ran(thread, Millis::ZERO, case.end.took);
        for (from, until) in &flights {
            meanwhile += ran(thread, *from, *until);
        }
    }
    let could = all.min(last - first);
    let share = if could > Millis::ZERO {
        (meanwhile / could).min(1.0)
    } else {
        0.0
    };
    let percent = short((share * 100.0).round());
    let says = concat(&[
        "Of the work that could be done while calls were in flight, ",
        &percent,
        " % was.",
    ]);
    (share >= MEANWHILE, says)
}

fn nothing_left(case: Case<'_>) -> Found {
    let left: Vec<&str> = case.end.left.iter().map(String::as_str).collect();
    match left.is_empty() {
        true => (true, "No thread was left behind.".into()),
        false => (false, concat(&["Left behind: ", &join(&left, ", "), "."])),
    }
}
