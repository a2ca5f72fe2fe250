//! Promises of the stage as a whole: a figure shows what its place asks for.

use expert_chef::view::stage::{Cache, stage as draw};
use expert_chef_core::asked::config::Config;
use expert_chef_core::asked::editor::{Edit, Field};
use expert_chef_core::millis::Millis;
use expert_chef_core::part::{Part, Parts};
use expert_chef_core::shown::figure::Figure;
use expert_chef_core::shown::stage::{Drawer, Msg, Stage};
use support::parse_url;
use support::stages::{PAGE, Staged};

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
        let drawn = draw(&stage, Millis::ZERO, &mut Cache::default()).to_string();
        for (part, sign) in SIGNS {
            assert_eq!(
                drawn.contains(sign),
                shown.contains(&part),
                "{shown:?}: {part:?}"
            );
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
        let kept = draw(&staged.stage, staged.now, &mut cache).to_string();
        let anew = draw(&staged.stage, staged.now, &mut Cache::default()).to_string();
        assert_eq!(kept, anew, "after {msg:?}");
    }
}
