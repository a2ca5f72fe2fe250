//! Promises of the stage as a whole: a figure shows what its place asks for.

use expert_chef::view::stage::{Cache, stage as draw};
use expert_chef_core::asked::config::Config;
use expert_chef_core::asked::editor::{Edit, Field};
use expert_chef_core::millis::Millis;
use expert_chef_core::part::{Part, Parts};
use expert_chef_core::shown::figure::Figure;
use expert_chef_core::shown::playback::Verb;
use expert_chef_core::shown::stage::{Drawer, Msg, Stage, State};
use proptest::prelude::*;
use support::stages::{PAGE, Staged, WORKER};
use support::{events_under, parse_url};

/// What tells each part from the others.
const SIGNS: [(Part, &str); 6] = [
    (Part::Picture, "class=\"kitchens\""),
    (Part::Lanes, "data-part=\"chart\""),
    (Part::Result, "data-part=\"result\""),
    (Part::Controls, "data-part=\"player\""),
    (Part::Log, "data-part=\"log\""),
    (Part::Code, "data-part=\"code\""),
];

#[test]
fn a_figure_shows_the_parts_that_its_place_asks_for_and_no_others() {
    for choice in 1..1_u32 << SIGNS.len() {
        let asked = |index: usize| choice & 1 << index != 0;
        let shown: Vec<Part> = (0..SIGNS.len())
            .filter(|&index| asked(index))
            .map(|index| SIGNS[index].0)
            .collect();
        let figure = Figure::panel(Parts::of(&shown));
        let stage = Stage::new(figure, Config::default(), Vec::new(), PAGE);
        let drawn = draw(&stage, Millis::ZERO, None, &mut Cache::default()).to_string();
        for (part, sign) in SIGNS {
            assert_eq!(
                drawn.contains(sign),
                shown.contains(&part),
                "{shown:?}: {part:?}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn what_is_kept_is_what_would_be_drawn_anew(
        steps in proptest::collection::vec((0..24_usize, 0.0..400.0_f64), 1..60),
        is_page in any::<bool>(),
    ) {
        let query = "tasks=a:50,b:80:503*1,c:120:500&compare=sequential,pool:2,join&retries=1";
        let (config, problems) = Config::parse(query, parse_url);
        prop_assert_eq!(problems, []);
        let mut left = Vec::new();
        for (run, how) in config.compare.iter().enumerate() {
            let events = events_under(&config.scenario.tasks, *how, &config.policy);
            left.extend(events.into_iter().map(|event| (run, event)));
        }
        // The next one last.
        left.reverse();
        left.sort_by(|a, b| b.1.at.total_cmp(&a.1.at));
        let kitchens = config.compare.len();
        let figure = if is_page { Figure::PAGE } else { Figure::panel(Parts::of(&SIGNS.map(|(part, _)| part))) };
        let mut staged = Staged::ready(config.clone());
        staged.stage = Stage::new(figure, config, Vec::new(), PAGE);
        staged.tell(Msg::Loaded(WORKER));
        let (mut cache, mut to_come) = (Cache::default(), Vec::new());
        for (step, ms) in steps {
            let is_running = staged.stage.state() == State::Running;
            let at = Millis::new(ms);
            let msg = match step {
                0 | 1 if !is_running => {
                    to_come.clone_from(&left);
                    staged.tell(Msg::Started(WORKER));
                    for run in 0..kitchens {
                        staged.tell(Msg::Began(run));
                    }
                    Msg::Ticked
                }
                0..=9 if is_running => match to_come.pop() {
                    Some((run, event)) => Msg::Happened(run, event),
                    None => Msg::Finished,
                },
                10 => Msg::Played(Verb::Seek(at)),
                11 => Msg::Chosen(1, at),
                12 => Msg::Played(Verb::Toggle),
                13 => Msg::Toggled(Drawer::ALL[(ms as usize) % 4]),
                14 => Msg::Edited(Edit::Type(1, Field::Name, format!("n{ms}")), parse_url),
                15 => Msg::Guessing(0, format!("{ms} ms")),
                16 => Msg::Guessed,
                17 => Msg::Said(format!("Copied {ms}.")),
                18 => Msg::Stilled(ms < 200.0),
                19 if ms < 50.0 => Msg::Reset,
                20 => Msg::GuessTapped(1, format!("{ms} ms")),
                21 => Msg::Measured(0, Vec::new(), Vec::new()),
                22 => Msg::Played(Verb::Rate(ms)),
                _ => Msg::Ticked,
            };
            let said = format!("{msg:?}");
            if let Msg::Edited(..) = msg {
                to_come.clear();
            }
            staged.tell_at(staged.now.ms() + ms / 10.0, msg);
            let kept = draw(&staged.stage, staged.now, None, &mut cache).to_string();
            let anew = draw(&staged.stage, staged.now, None, &mut Cache::default()).to_string();
            prop_assert_eq!(kept, anew, "after {}", said);
        }
    }
}

#[test]
fn what_is_kept_never_outlives_what_it_was_made_from() {
    let mut staged = Staged::ready(Config::default());
    let mut cache = Cache::default();
    let typed = |text: &str| Msg::Edited(Edit::Type(1, Field::Latency, text.into()), parse_url);
    for msg in [
        Msg::Toggled(Drawer::Edit),
        typed("soon"),
        typed("20"),
        Msg::Settled,
        Msg::Toggled(Drawer::Guess),
        Msg::Guessing(0, "2 s".into()),
        Msg::Guessed,
        Msg::Said("Copied.".into()),
        Msg::Started(support::stages::WORKER),
        Msg::Began(0),
        Msg::Reset,
    ] {
        staged.tell(msg.clone());
        let kept = draw(&staged.stage, staged.now, None, &mut cache).to_string();
        let anew = draw(&staged.stage, staged.now, None, &mut Cache::default()).to_string();
        assert_eq!(kept, anew, "after {msg:?}");
    }
}
