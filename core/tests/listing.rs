//! Promises of the programs beside the kitchens: which of their lines execute at
//! a time follows from what was recorded, and from nothing else.

#![cfg(not(target_arch = "wasm32"))]

use std::rc::Rc;

use expert_chef_core::asked::config::{Config, PROGRAMS};
use expert_chef_core::asked::resource::Resource;
use expert_chef_core::asked::scenario::{Scenario, parse_tasks};
use expert_chef_core::asked::strategy::Strategy as How;
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::Outcome;
use expert_chef_core::part::{Part, Parts};
use expert_chef_core::recorded::timeline::Timeline;
use expert_chef_core::run::event::EventKind;
use expert_chef_core::shown::exhibit::Exhibit;
use expert_chef_core::shown::figure::Figure;
use expert_chef_core::shown::listing::{Code, Language, Listing, Mark, SEEN, Style, program};
use expert_chef_core::shown::stage::{Drawer, Effect, Msg, Stage};
use proptest::prelude::*;
use support::{any_how, mixed, parse_url, policy, timeline, timeline_under};

const MARKS: [Mark; 15] = [
    Mark::Begin,
    Mark::Start(None),
    Mark::Start(Some(0)),
    Mark::Flight(None),
    Mark::Flight(Some(1)),
    Mark::Work(None),
    Mark::Wait(None),
    Mark::Wait(Some(0)),
    Mark::Wait(Some(1)),
    Mark::Queue,
    Mark::End(None),
    Mark::End(Some(0)),
    Mark::Fail,
    Mark::Cancel,
    Mark::Over,
];

/// The moments at which anything could be otherwise than before.
fn moments(timeline: &Timeline) -> Vec<Millis> {
    let events = timeline.events().iter();
    events.map(|event| event.at).collect()
}

proptest! {
    /// What happens is seen at the line that does it, at its very moment and for
    /// as long as an eye needs.
    #[test]
    fn the_highlight_follows_the_events(
        tasks in mixed(), how in any_how(), policy in policy(),
    ) {
        let timeline = timeline_under(&tasks, how, &policy);
        for event in timeline.events() {
            let task = Some(event.task);
            let marks = match event.kind {
                EventKind::Queued => vec![],
                EventKind::Started(Resource::Connection) => {
                    vec![Mark::Start(None), Mark::Start(task)]
                }
                EventKind::Started(_) => vec![Mark::Start(task)],
                EventKind::Ended(Outcome::Ok) => vec![Mark::End(None), Mark::End(task)],
                EventKind::Ended(Outcome::Failed(_)) => vec![Mark::Fail],
                EventKind::Ended(Outcome::Cancelled) => vec![Mark::Cancel],
                EventKind::Handed
                | EventKind::FirstByte
                | EventKind::Answered
                | EventKind::Retrying(_) => vec![],
            };
            for mark in marks {
                prop_assert!(mark.holds(&timeline, event.at), "{mark:?} at {:?}", event);
                let later = event.at + SEEN * 0.9;
                prop_assert!(mark.holds(&timeline, later), "{mark:?} a little later");
            }
        }
    }

    /// A line that a click goes to executes at that moment, and one that goes
    /// nowhere never does.
    #[test]
    fn a_line_goes_to_the_first_moment_at_which_it_executes(
        tasks in mixed(), how in any_how(), policy in policy(),
    ) {
        let timeline = timeline_under(&tasks, how, &policy);
        for mark in MARKS {
            match mark.first(&timeline) {
                Some(first) => {
                    prop_assert!(mark.holds(&timeline, first), "{mark:?} at {first}");
                    for at in moments(&timeline) {
                        let is_early = at < first && mark.holds(&timeline, at);
                        prop_assert!(!is_early, "{mark:?} holds at {at}, before {first}");
                    }
                }
                None => {
                    for at in moments(&timeline) {
                        prop_assert!(!mark.holds(&timeline, at), "{mark:?} holds at {at}");
                    }
                }
            }
        }
    }

    /// The main flow stands somewhere for as long as the run goes on, and nowhere
    /// once it is over.
    #[test]
    fn it_waits_until_all_is_over(tasks in mixed(), how in any_how()) {
        let timeline = timeline(&tasks, how);
        let over = timeline.makespan().expect("it is over");
        let begun = Mark::Wait(None).first(&timeline);
        for at in moments(&timeline) {
            let is_on = begun.is_some_and(|begun| begun <= at) && at < over;
            prop_assert_eq!(Mark::Wait(None).holds(&timeline, at), is_on);
            prop_assert_eq!(Mark::Over.holds(&timeline, at), at >= over);
            // In order: at most one of the tickets is being waited for.
            let counters = (0..tasks.len()).filter(|&task| {
                Mark::Wait(Some(task)).holds(&timeline, at)
            });
            prop_assert_eq!(counters.count(), usize::from(is_on));
        }
    }

    #[test]
    fn any_text_is_read_as_some_listings(text in "[=a-z:0-9\t\n\u{1}-\u{6} #-]{0,200}") {
        for listing in Listing::read(&text) {
            prop_assert!(listing.source().len() <= text.len() + 1);
        }
    }
}

fn lit(timeline: &Timeline, marks: &[&str], at: f64) -> Vec<bool> {
    let mut text = String::from("=it\t");
    for words in marks {
        text += &format!("\n{words}\t\tcode");
    }
    let listing = Listing::read(&text).remove(0);
    let lines = listing.lines_at(timeline, Millis::new(at));
    (0..marks.len()).map(|line| lines.contains(&line)).collect()
}

#[test]
fn two_tickets_are_waited_for_one_after_the_other() {
    let tasks = parse_tasks("first:300,second:500").expect("tasks");
    let together = timeline(&tasks, How::Join);
    let marks = ["start:1", "start:2", "flight", "wait:1", "wait:2", "over"];
    let at = |ms| lit(&together, &marks, ms);
    assert_eq!(at(0.0), [true, true, true, true, false, false]);
    assert_eq!(at(200.0), [false, false, true, true, false, false]);
    assert_eq!(at(300.0), [false, false, true, false, true, false]);
    assert_eq!(at(500.0), [false, false, false, false, false, true]);
    let in_turn = timeline(&tasks, How::Sequential);
    let at = |ms| lit(&in_turn, &["flight:1", "flight:2"], ms);
    assert_eq!(at(200.0), [true, false]);
    assert_eq!(at(400.0), [false, true]);
    // The second is there before its turn to be asked for has come.
    let tasks = parse_tasks("first:500,second:300").expect("tasks");
    let together = timeline(&tasks, How::Join);
    assert_eq!(Mark::Wait(Some(1)).first(&together), None);
}

#[test]
fn marks_have_words_and_others_mean_nothing() {
    for (word, mark) in [
        ("begin", Mark::Begin),
        ("start", Mark::Start(None)),
        ("flight:2", Mark::Flight(Some(1))),
        ("work", Mark::Work(None)),
        ("wait:1", Mark::Wait(Some(0))),
        ("queue", Mark::Queue),
        ("end:3", Mark::End(Some(2))),
        ("fail", Mark::Fail),
        ("cancel", Mark::Cancel),
        ("over", Mark::Over),
    ] {
        assert_eq!(Mark::parse(word), Some(mark), "{word}");
    }
    for wrong in ["", "fligth", "start:0", "start:", "over:1", "wait:x"] {
        assert_eq!(Mark::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn a_listing_keeps_its_source_to_the_letter_and_says_what_each_piece_is() {
    let text =
        "=one\tA note.\nbegin over\tIt begins.\t\u{2}import\u{1} time\n\t\t\n\t\t    x = \u{3}1";
    let listings = Listing::read(text);
    assert_eq!(listings[0].name, "one");
    assert_eq!(listings[0].note, "A note.");
    assert_eq!(listings[0].source(), "import time\n\n    x = 1\n");
    let lines = &listings[0].lines;
    assert_eq!(lines[0].says, "It begins.");
    assert_eq!(lines[0].marks, [Mark::Begin, Mark::Over]);
    assert_eq!(lines[0].pieces[0], (Style::Keyword, "import".to_owned()));
    assert_eq!(lines[2].pieces[1], (Style::Literal, "1".to_owned()));
}

#[test]
fn each_way_to_run_has_a_program_that_is_there() {
    for preset in Scenario::PRESETS {
        let scenario = preset.scenario();
        for how in How::ALL {
            let name = program(how, &scenario);
            assert!(PROGRAMS.contains(&name), "{name}");
        }
    }
    let name = |how, id| program(how, &Scenario::preset(id).expect("a preset"));
    assert_eq!(name(How::Sequential, "two-calls"), "plain");
    assert_eq!(name(How::Join, "two-calls"), "answer");
    assert_eq!(name(How::Pool(3), "dashboard"), "pool");
    assert_eq!(name(How::Join, "cpu"), "cpu-join");
}

fn stage(figure: Figure, query: &str) -> Stage {
    let (config, problems) = Config::parse(query, parse_url);
    assert_eq!(problems, []);
    Stage::new(figure, config, problems, "")
}

#[test]
fn programs_are_asked_for_when_somebody_is_there_to_read_them() {
    let figure = Figure::article(Parts::of(&[Part::Lanes, Part::Code]), None);
    let mut shown = stage(figure, "");
    let asked = shown.update(Msg::Seen(true), Millis::ZERO);
    assert!(asked.contains(&Effect::Speak(None)));
    let listings = Listing::read("=join\t\n=threads\tBy hand.");
    let here = Code::Here(Rc::new(listings));
    shown.update(Msg::Coded(Language::Rust, here.clone()), Millis::ZERO);
    assert_eq!(shown.language(), Language::Rust);
    assert_eq!(shown.listing(0), None, "no program for one after another");
    assert_eq!(shown.listing(1).map(|one| &*one.name), Some("join"));
    let asked = shown.update(Msg::Seen(true), Millis::ZERO);
    assert!(!asked.contains(&Effect::Speak(None)), "they are there");

    // The page's main stage has them in a drawer.
    let mut page = stage(Figure::PAGE, "code=threads");
    assert_eq!(page.update(Msg::Seen(true), Millis::ZERO), []);
    let asked = page.update(Msg::Toggled(Drawer::Code), Millis::ZERO);
    assert!(asked.contains(&Effect::Speak(None)));
    page.update(Msg::Coded(Language::Python, here), Millis::ZERO);
    assert_eq!(page.listing(0).map(|one| &*one.note), Some("By hand."));
    let chosen = page.update(Msg::Spoke(Language::Rust), Millis::ZERO);
    assert_eq!(chosen, [Effect::Speak(Some(Language::Rust))]);
}

#[test]
fn a_curve_keeps_its_points_while_only_the_workers_change() {
    let figure = Figure::article(Parts::of(&[Part::Controls]), Some(Exhibit::Curve));
    let list = "tasks=a:100,b:100,c:100";
    let mut shown = stage(figure, &format!("{list}&compare=pool:2"));
    assert_eq!(shown.curve().theory.len(), 50);
    assert_eq!(shown.curve().knee(), Some(3));
    shown.update(Msg::Finished, Millis::ZERO);
    let (config, _) = Config::parse(&format!("{list}&compare=pool:3"), parse_url);
    let orders = |config| {
        Msg::Configured(
            Box::new(config),
            Vec::new(),
            expert_chef_core::shown::stage::Orderer::Address,
        )
    };
    let before = shown.curve().clone();
    shown.update(orders(config), Millis::ZERO);
    assert_eq!(shown.curve(), &before);
    let (config, _) = Config::parse("tasks=a:100&compare=pool:3", parse_url);
    shown.update(orders(config), Millis::ZERO);
    assert_ne!(shown.curve(), &before, "other tasks have another curve");
}
