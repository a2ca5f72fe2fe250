//! Promises of what is recorded of a reader's program, whatever is told of it.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::expect_used, clippy::panic, reason = "tests")]

use expert_chef_core::asked::exercise::Exercise;
use expert_chef_core::asked::language::Language;
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::{Failure, Outcome};
use expert_chef_core::recorded::program::{Program, ThreadState};
use expert_chef_core::recorded::provenance::Source;
use expert_chef_core::run::told::Stream;
use expert_chef_core::shown::lanes::Axis;
use expert_chef_core::shown::threads::{MOST, threads};
use proptest::prelude::*;

fn ms(ms: f64) -> Millis {
    Millis::new(ms)
}

/// One that makes two calls at once, of 500 and 1200 ms.
fn concurrent() -> Program {
    let mut program = Program::default();
    program.tell("0\t0\tbegin\t0\tMainThread\n0\t0\trun\t1\t\n", ms(1.0));
    program.call(1, "user", ("0", Some(3)), ms(10.0));
    program.call(2, "orders", ("0", Some(3)), ms(12.0));
    program.tell("12\t0\twait\t3\tjoin\n", ms(13.0));
    program.answer(1, Outcome::Ok, ms(510.0));
    program.answer(2, Outcome::Ok, ms(1212.0));
    program.tell("1213\t0\trun\t4\t\n1213\t0\tout\t4\tdone\\n\n", ms(1214.0));
    program.end(ms(1215.0));
    program
}

#[test]
fn its_calls_are_cooked_beside_what_they_take_in_turn_and_at_once() {
    let recording = concurrent()
        .recording(&Exercise::default(), Language::Python)
        .expect("a recording");
    assert_eq!(recording.source(), Source::Program);
    let [own, in_turn, together] = recording.runs() else {
        panic!("{} kitchens", recording.runs().len());
    };
    assert_eq!(own.timeline().last_at(), ms(1212.0));
    assert_eq!(in_turn.timeline().last_at(), ms(1710.0));
    assert_eq!(together.timeline().last_at(), ms(1210.0));
    assert_eq!(in_turn.timeline().peak_in_flight(ms(1710.0)), 1);
    assert_eq!(together.timeline().peak_in_flight(ms(1210.0)), 2);
    let kinds: Vec<&str> = recording
        .runs()
        .iter()
        .map(|run| run.provenance().kind())
        .collect();
    assert_eq!(kinds, ["program", "drawn-ahead", "drawn-ahead"]);
}

#[test]
fn nothing_is_shown_of_it_before_it_is_over_or_without_a_call() {
    let mut program = Program::default();
    program.call(1, "user", ("0", Some(3)), ms(0.0));
    assert!(
        program
            .recording(&Exercise::default(), Language::Python)
            .is_none()
    );
    let mut program = Program::default();
    program.end(ms(5.0));
    assert!(
        program
            .recording(&Exercise::default(), Language::Python)
            .is_none()
    );
}

#[test]
fn a_sleep_is_a_pot_that_nobody_answers() {
    let mut program = Program::default();
    program.tell("1\t0\twait\t3\tsleep 2\n", ms(2.0));
    program.tell("2001\t0\tready\t3\t\n2003\t0\trun\t3\t\n", ms(2004.0));
    program.end(ms(2010.0));
    let recording = program
        .recording(&Exercise::default(), Language::Python)
        .expect("a recording");
    assert_eq!(recording.scenario().tasks[0].name, "sleep(2)");
    let [run] = recording.runs() else {
        panic!("one call needs no comparison");
    };
    assert_eq!(run.timeline().last_at(), ms(2001.0));
}

#[test]
fn a_timer_is_a_pot_too_and_more_than_one_may_be_on() {
    let mut program = Program::default();
    program.tell("0\t0\tbegin\t0\tmain\n0\t0\trun\t0\t\n", ms(1.0));
    program.tell(
        "1\t0\ttimer\t3\tbegin 1 300\n2\t0\ttimer\t4\tbegin 2 900\n",
        ms(3.0),
    );
    program.tell(
        "301\t0\ttimer\t0\tend 1\n400\t0\ttimer\t0\tclear 2\n",
        ms(401.0),
    );
    // Of no timer, and of one that is over.
    program.tell(
        "402\t0\ttimer\t0\tend 7\n403\t0\ttimer\t0\tend 1\n",
        ms(404.0),
    );
    program.end(ms(410.0));
    let recording = program
        .recording(&Exercise::default(), Language::JavaScript)
        .expect("a recording");
    assert_eq!(
        recording.scenario().title,
        "Your own program, in JavaScript"
    );
    let tasks = recording.scenario().tasks.iter();
    let names: Vec<&str> = tasks.map(|task| task.name.as_str()).collect();
    assert_eq!(names, ["setTimeout(300)", "setTimeout(900)"]);
    let spans = recording.runs()[0].timeline().spans();
    assert_eq!(spans[0].ended, Some((ms(301.0), Outcome::Ok)));
    assert_eq!(spans[1].ended, Some((ms(400.0), Outcome::Cancelled)));
}

#[test]
fn without_lines_of_its_own_a_thread_is_where_its_calls_were_made() {
    let mut program = Program::default();
    program.tell("0\t0\tbegin\t0\tmain\n0\t0\trun\t0\t\n", ms(1.0));
    program.call(1, "user", ("0", Some(3)), ms(10.0));
    program.call(2, "orders", ("0", Some(4)), ms(12.0));
    program.call(3, "orders", ("0", Some(4)), ms(12.0));
    program.tell("12\t0\twait\t0\tcall user, orders\n", ms(13.0));
    program.answer(1, Outcome::Ok, ms(510.0));
    program.answer(2, Outcome::Ok, ms(1212.0));
    program.answer(3, Outcome::Ok, ms(1212.0));
    assert_eq!(program.lines_at(ms(5.0)), []);
    assert_eq!(program.lines_at(ms(100.0)), [(3, 0), (4, 0)]);
    assert_eq!(program.lines_at(ms(600.0)), [(4, 0)]);
    assert_eq!(program.lines_at(ms(1300.0)), []);
    // Of a thread of which lines are told these alone are said.
    assert_eq!(concurrent().lines_at(ms(100.0)), [(3, 0)]);
}

#[test]
fn what_is_still_in_flight_at_its_end_is_cancelled() {
    let mut program = Program::default();
    program.call(1, "user", ("0", Some(3)), ms(0.0));
    program.call(2, "user", ("0", Some(3)), ms(0.0));
    program.answer(1, Outcome::Failed(Failure::Status(503)), ms(100.0));
    program.end(ms(300.0));
    // Too late.
    program.answer(2, Outcome::Ok, ms(400.0));
    let recording = program
        .recording(&Exercise::default(), Language::Python)
        .expect("a recording");
    let spans = recording.runs()[0].timeline().spans();
    assert_eq!(spans[0].failure(), Some(Failure::Status(503)));
    assert_eq!(spans[1].ended, Some((ms(300.0), Outcome::Cancelled)));
    let names: Vec<&str> = recording
        .scenario()
        .tasks
        .iter()
        .map(|task| task.name.as_str())
        .collect();
    assert_eq!(names, ["user", "user (2)"]);
}

#[test]
fn the_interpreter_tells_of_no_time_that_is_over_or_to_come() {
    let mut program = Program::default();
    program.tell("5000\t0\trun\t1\t\n", ms(100.0));
    assert_eq!(program.threads()[0].stretches[1].from, ms(100.0));
    program.tell("1\t0\twait\t2\tlock\n", ms(200.0));
    assert_eq!(program.threads()[0].stretches[2].from, ms(100.0));
}

#[test]
fn a_thread_is_at_one_line_and_at_one_thing() {
    let program = concurrent();
    let main = &program.threads()[0];
    assert_eq!(main.name, "MainThread");
    assert_eq!(main.line_at(ms(5.0)), Some(1));
    assert_eq!(main.line_at(ms(600.0)), Some(3));
    assert_eq!(main.line_at(ms(1215.0)), None);
    let waits = ThreadState::Waiting("join".into());
    assert_eq!(main.state_at(ms(600.0)), Some(&waits));
    let written = &program.written()[0];
    assert_eq!((written.stream, &*written.text), (Stream::Output, "done\n"));
}

#[test]
fn many_threads_are_counted_and_few_are_drawn() {
    let mut program = Program::default();
    for thread in 0..100 {
        program.tell(&format!("1\t{thread}\tbegin\t0\tT{thread}\n"), ms(2.0));
    }
    program.end(ms(10.0));
    let drawn = threads(&program, Axis::fitting(ms(10.0)), ms(5.0)).to_string();
    assert_eq!(drawn.matches("<li ").count(), MOST);
    assert!(drawn.contains("and 68 more"), "{drawn}");
}

fn line() -> impl Strategy<Value = String> {
    let kinds = [
        "begin", "end", "wait", "ready", "run", "line", "out", "err", "?",
    ];
    let details = ["", "sleep 1", "call 1", "<b>\u{202e}", "a\\tb"];
    (
        0_u32..2_000,
        0_u32..4,
        prop::sample::select(kinds.to_vec()),
        0_u32..9,
        prop::sample::select(details.to_vec()),
    )
        .prop_map(|(at, thread, kind, line, detail)| {
            format!("{at}\t{thread}\t{kind}\t{line}\t{detail}")
        })
}

#[derive(Clone, Debug)]
enum Step {
    Call(u32),
    Answer(u32, bool),
    Tell(Vec<String>),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (1_u32..6).prop_map(Step::Call),
        (1_u32..6, any::<bool>()).prop_map(|(id, is_good)| Step::Answer(id, is_good)),
        prop::collection::vec(line(), 0..6).prop_map(Step::Tell),
    ]
}

proptest! {
    #[test]
    fn whatever_is_told_it_can_be_shown(
        steps in prop::collection::vec((step(), 0_u32..400), 0..40), at in 0.0..1.2_f64,
    ) {
        let mut program = Program::default();
        let mut now = 0.0;
        for (step, more) in steps {
            now += f64::from(more);
            match step {
                Step::Call(id) => program.call(id, "user", ("0", Some(3)), ms(now)),
                Step::Answer(id, true) => program.answer(id, Outcome::Ok, ms(now)),
                Step::Answer(id, false) => {
                    program.answer(id, Outcome::Failed(Failure::Network), ms(now));
                }
                Step::Tell(lines) => program.tell(&lines.join("\n"), ms(now)),
            }
        }
        program.end(ms(now));
        for thread in program.threads() {
            for pair in thread.stretches.windows(2) {
                prop_assert_eq!(pair[0].until, Some(pair[1].from));
            }
            for stretch in &thread.stretches {
                let until = stretch.until.expect("it is over");
                prop_assert!(stretch.from <= until && until <= ms(now));
            }
        }
        let axis = Axis::fitting(ms(now));
        let drawn = threads(&program, axis, ms(now * at)).to_string();
        prop_assert!(!drawn.contains("<b>"));
        if !program.calls().is_empty() {
            let recording = program.recording(&Exercise::default(), Language::Python).expect("a recording");
            for run in recording.runs() {
                prop_assert_eq!(run.timeline().spans().len(), program.calls().len());
                prop_assert!(run.timeline().is_finished());
            }
            let own = recording.runs()[0].timeline();
            prop_assert!(own.last_at() <= ms(now));
            if let [own, in_turn, together] = recording.runs() {
                let last = |run: &expert_chef_core::recorded::recording::Run| run.timeline().last_at();
                prop_assert!(last(together) <= last(own) + ms(0.1));
                prop_assert!(last(together) <= last(in_turn) + ms(0.1));
            }
        }
    }
}
