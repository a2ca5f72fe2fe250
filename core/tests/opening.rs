//! Promises of the first seconds: one kitchen shows by itself what waiting costs,
//! and the reader is asked about the other.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::config::{Ask, Config};
use expert_chef_core::asked::embed::Told;
use expert_chef_core::asked::scenario::{Scenario, parse_tasks};
use expert_chef_core::asked::strategy::Strategy as How;
use expert_chef_core::millis::Millis;
use expert_chef_core::shown::guess::answers;
use expert_chef_core::shown::stage::{Asker, Drawer, Effect, Msg, Place, State};
use proptest::prelude::*;
use support::stages::{Staged, WORKER};
use support::{any_how, any_tasks, events, how, parse_url, policy, timeline_under};

fn ms(ms: f64) -> Millis {
    Millis::new(ms)
}

/// On a page that was opened as it is.
fn invited(config: Config) -> Staged {
    let mut staged = Staged::loading(config);
    staged.tell(Msg::Invited);
    staged.tell(Msg::Loaded(WORKER));
    staged.asked();
    staged
}

/// The first kitchen is done, and the reader is asked.
fn asked() -> Staged {
    let mut staged = invited(Config::default());
    staged.tell(Msg::Seen(true));
    staged.tell(Msg::Started(WORKER));
    let first = events(&Scenario::default().tasks, How::Sequential);
    staged.go_on(0, &first, 10.0, 2600.0);
    staged.tell(Msg::Finished);
    staged
}

/// From which kitchen on, and up to which, it asked for runs.
fn performs(staged: &mut Staged) -> Vec<(usize, usize)> {
    let effects = staged.asked().into_iter();
    let performs = effects.filter_map(|effect| match effect {
        Effect::Perform(kitchens) => Some((kitchens.start, kitchens.end)),
        _ => None,
    });
    performs.collect()
}

#[test]
fn once_it_is_seen_the_first_kitchen_alone_begins_by_itself() {
    let mut staged = invited(Config::default());
    assert_eq!(staged.stage.asked(), None, "nobody is asked before");
    staged.tell(Msg::Seen(false));
    assert_eq!(staged.asked(), []);
    staged.tell(Msg::Seen(true));
    assert_eq!(performs(&mut staged), [(0, 1)]);
    staged.tell(Msg::Seen(false));
    staged.tell(Msg::Seen(true));
    assert_eq!(staged.asked(), [], "once");
}

#[test]
fn nothing_begins_by_itself_where_that_is_not_wanted() {
    let with = |query: &str| Config::parse(query, parse_url).0;
    let off = Config {
        ask: Ask::Off,
        ..Config::default()
    };
    for config in [off, with("endpoint=user@https://services.example/user")] {
        let mut staged = invited(config);
        staged.tell(Msg::Seen(true));
        assert_eq!(staged.asked(), []);
    }
    // Who wants less movement is asked all the same.
    let mut staged = Staged::loading(Config::default());
    staged.tell(Msg::Stilled(true));
    staged.tell(Msg::Invited);
    staged.tell(Msg::Loaded(WORKER));
    staged.tell(Msg::Seen(true));
    assert_eq!(performs(&mut staged), []);
    assert_eq!(staged.stage.asked(), Some(1));
    // And so is who was told what to look at.
    let mut staged = Staged::ready(Config::default());
    staged.tell(Msg::Seen(true));
    assert_eq!(staged.asked(), []);
    assert_eq!(staged.stage.asked(), Some(1));
    assert!(!staged.stage.answers().is_empty());
}

#[test]
fn when_it_is_done_the_other_kitchen_asks_and_nothing_moves() {
    let mut staged = asked();
    assert_eq!(staged.stage.state(), State::Asked);
    assert_eq!(staged.stage.asked(), Some(1));
    assert!(staged.stage.is_guessing(), "nothing gives the answer away");
    assert!(!staged.asked().contains(&Effect::Tell(Told::Finished)));
    staged.tell_at(9000.0, Msg::Ticked);
    assert!(!staged.stage.is_moving());
    assert!(staged.stage.recording().runs()[0].total().is_some());
    let said = staged.stage.announcement();
    assert!(said.ends_with("All three at once?"), "{said}");
}

#[test]
fn a_tap_is_guess_and_run_in_one_beside_what_was_shown() {
    let mut staged = asked();
    let first = staged.stage.recording().runs()[0].clone();
    staged.asked();
    staged.tell(Msg::GuessTapped(1, "1200 ms".into()));
    let run = [Effect::Perform(1..2), Effect::Focus(Place::Player)];
    assert_eq!(staged.asked(), run);
    staged.tell(Msg::Started(WORKER));
    assert_eq!(staged.asked(), [], "the comparison has been told of");
    assert!(!staged.stage.is_guessing());
    assert_eq!(
        staged.stage.recording().runs()[0].timeline(),
        first.timeline()
    );
    let second = events(&Scenario::default().tasks, How::Join);
    staged.go_on(1, &second, 5000.0, 6300.0);
    staged.tell(Msg::Finished);
    assert_eq!(staged.asked(), [Effect::Tell(Told::Finished)]);
    assert_eq!(staged.stage.state(), State::Finished);
    assert_eq!(staged.stage.guess().time(1), Some(ms(1200.0)));
    // Afterwards both are compared from their beginnings.
    staged.tell_at(9000.0, Msg::Ticked);
    let times = [0, 1].map(|run| staged.stage.time(run, staged.now));
    assert_eq!(times[0], times[1]);
    // From now on Run runs both.
    staged.tell(Msg::Asked(Asker::User));
    assert_eq!(performs(&mut staged), [(0, 2)]);
}

#[test]
fn run_skips_the_question() {
    let mut staged = asked();
    staged.asked();
    staged.tell(Msg::Asked(Asker::User));
    assert_eq!(performs(&mut staged), [(1, 2)]);
    staged.tell(Msg::Started(WORKER));
    assert!(!staged.stage.is_guessing() && !staged.stage.guess().is_answered());
    // A script that asks for a run gets a whole one.
    let mut staged = asked();
    staged.asked();
    staged.tell(Msg::Asked(Asker::Program));
    assert_eq!(performs(&mut staged), [(0, 2)]);
    staged.tell(Msg::Started(WORKER));
    assert_eq!(
        staged.asked(),
        [Effect::Tell(Told::Run)],
        "another comparison"
    );
    assert!(staged.stage.recording().runs()[0].began().is_none());
    // So does who does not wait for the first kitchen's end.
    let mut staged = invited(Config::default());
    staged.tell(Msg::Seen(true));
    staged.tell(Msg::Started(WORKER));
    staged.asked();
    staged.tell(Msg::Asked(Asker::User));
    let effects = staged.asked();
    assert_eq!(effects[..2], [Effect::Cancel, Effect::Perform(0..2)]);
}

#[test]
fn a_tap_before_anything_has_run_runs_all_of_it() {
    let mut staged = Staged::ready(Config::default());
    staged.tell(Msg::GuessTapped(1, "500 ms".into()));
    assert_eq!(performs(&mut staged), [(0, 2)]);
    staged.tell(Msg::Started(WORKER));
    // It is asked once.
    staged.tell(Msg::GuessTapped(1, "1200 ms".into()));
    assert_eq!(performs(&mut staged), []);
    assert_eq!(staged.stage.guess().time(1), Some(ms(500.0)));
}

#[test]
fn a_tap_is_no_consent() {
    let query = "tasks=user:500&endpoint=user@https://services.example/user";
    let mut staged = Staged::ready(Config::parse(query, parse_url).0);
    assert!(staged.stage.answers().is_empty());
    staged.tell(Msg::GuessTapped(1, "500 ms".into()));
    assert_eq!(performs(&mut staged), []);
    assert!(staged.stage.needs_click());
}

#[test]
fn back_to_the_beginning_it_does_not_begin_again_by_itself() {
    let mut staged = asked();
    staged.asked();
    staged.tell(Msg::Reset);
    staged.tell(Msg::Seen(false));
    staged.tell(Msg::Seen(true));
    assert_eq!(performs(&mut staged), []);
    assert_eq!(staged.stage.state(), State::Ready);
    assert_eq!(staged.stage.asked(), Some(1));
}

#[test]
fn one_drawer_is_out_at_a_time_and_escape_goes_back_to_what_pulled_it_out() {
    let mut staged = Staged::ready(Config::default());
    staged.tell(Msg::Toggled(Drawer::Edit));
    staged.tell(Msg::Toggled(Drawer::Share));
    assert_eq!(staged.stage.drawer(), Some(Drawer::Share));
    staged.asked();
    staged.tell(Msg::Closed);
    let handle = Effect::Focus(Place::Handle(Drawer::Share));
    assert_eq!(staged.asked(), [handle]);
    staged.tell(Msg::Closed);
    assert_eq!((staged.asked(), staged.stage.drawer()), (vec![], None));
}

#[test]
fn the_dashboards_answers_are_what_people_think_of() {
    let staged = Staged::ready(Config::default());
    let spoken: Vec<String> = staged
        .stage
        .answers()
        .iter()
        .map(|time| time.spoken())
        .collect();
    assert_eq!(spoken, ["500 ms", "833 ms", "1.2 s", "2.5 s"]);
    let two = Config {
        scenario: Scenario::preset("two-calls").expect("a preset"),
        ..Config::default()
    };
    let staged = Staged::ready(two);
    assert_eq!(staged.stage.answers(), [ms(1000.0), ms(2000.0), ms(4000.0)]);
}

proptest! {
    #[test]
    fn the_right_answer_is_among_a_few_that_differ(calls in proptest::collection::vec(1_u32..30_000, 1..50), how in how()) {
        let tasks: Vec<String> = calls.iter().enumerate().map(|(i, ms)| format!("t{i}:{ms}")).collect();
        let config = Config {
            scenario: Scenario::of(parse_tasks(&tasks.join(",")).expect("tasks")),
            compare: vec![How::Sequential, how],
            ..Config::default()
        };
        let staged = Staged::ready(config);
        let runs = staged.stage.recording().runs();
        let answers = answers(&runs[0], &runs[1]);
        let right = runs[1].predicted().expect("a time");
        prop_assert!(answers.contains(&right));
        prop_assert!(answers.len() <= 4 && (calls.len() == 1 || answers.len() >= 2), "{answers:?}");
        for pair in answers.windows(2) {
            prop_assert!(pair[0] < pair[1] * 0.901, "{answers:?}");
        }
    }

    #[test]
    fn outlines_are_where_the_bars_will_be(tasks in any_tasks(), how in any_how(), policy in policy()) {
        let forecast = how.forecast(&tasks, &policy, &Default::default()).expect("a forecast");
        let timeline = timeline_under(&tasks, how, &policy);
        prop_assert_eq!(Some(forecast.makespan), timeline.makespan());
        for (expected, span) in forecast.attempts.iter().zip(timeline.spans()) {
            // What is over in the moment in which all is may or may not have begun.
            let lasting = |from: Millis, to: Millis| from < to;
            let expected: Vec<_> = expected.iter().map(|one| (one.from, one.until)).filter(|&(from, to)| lasting(from, to)).collect();
            let run: Vec<_> = span.attempts.iter()
                .filter_map(|attempt| Some((attempt.started, attempt.ended?)))
                .filter(|&(from, to)| lasting(from, to))
                .collect();
            prop_assert_eq!(expected, run);
        }
    }
}

#[test]
fn what_is_said_takes_the_place_of_what_was_said_before() {
    let mut staged = Staged::running(Config::default());
    let first = events(&Scenario::default().tasks, How::Sequential);
    let second = events(&Scenario::default().tasks, How::Join);
    staged.go_on(1, &second, 10.0, 1300.0);
    let early = staged.stage.announcement().to_owned();
    assert!(early.contains("All at once took"), "{early}");
    staged.go_on(0, &first, 10.0, 2600.0);
    let late = staged.stage.announcement().to_owned();
    assert!(
        late.contains("One after another took") && !late.contains("All at once"),
        "{late}"
    );
    // What comes at the same moment is read together.
    staged.tell(Msg::Finished);
    let all = staged.stage.announcement();
    assert!(all.starts_with(&late) && all.contains("as fast"), "{all}");
}
