//! What the picture of the kitchen promises, whatever scene it is given, and
//! what its colours promise whoever looks at it.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;

use expert_chef_core::markup::{Element, Node};
use expert_chef_core::millis::Millis;
use expert_chef_core::shown::kitchen::kitchen;
use expert_chef_core::shown::scene::{Chef, Dish, Pot, Scene};
use proptest::prelude::*;

/// More elements than this are not worth comparing in every frame.
const MOST_ELEMENTS: usize = 190;

/// Burners that are drawn at most.
const BURNERS: usize = 6;

/// Any scene: the first tasks are over, the next on the stove, the rest wait.
fn scenes() -> impl Strategy<Value = Scene> {
    let ages = || prop::collection::vec((0.0..3000.0_f64, any::<bool>()), 0..20);
    let chef = (0..7, 0..8_usize).prop_map(|(pose, burner)| match pose {
        0 => Chef::Ready,
        1 => Chef::Setting(burner),
        2 => Chef::Staring(burner),
        3 => Chef::Chopping,
        4 => Chef::Plating(burner),
        5 => Chef::Proud,
        _ => Chef::Dismayed,
    });
    (ages(), ages(), 0..1000_usize, 0.0..9000.0_f64, chef).prop_map(
        |(over, on, waiting, at, chef)| {
            let dishes = |good: bool| {
                let ended = over.iter().enumerate().filter(|(_, dish)| dish.1 == good);
                let mut dishes: Vec<Dish> = ended
                    .map(|(task, dish)| Dish {
                        task,
                        burner: task % 8,
                        age: Millis::new(dish.0),
                    })
                    .collect();
                dishes.sort_by(|a, b| b.age.total_cmp(&a.age));
                dishes
            };
            let stove = on.iter().enumerate().map(|(burner, pot)| Pot {
                task: over.len() + burner,
                burner,
                age: Millis::new(pot.0),
            });
            let begun = over.len() + on.len();
            Scene {
                at: Millis::new(at),
                chef,
                waiting: (begun..begun + waiting).collect(),
                pass: dishes(true),
                spilled: dishes(false),
                taken_off: Vec::new(),
                unmade: Vec::new(),
                in_hand: Vec::new(),
                lit: (begun > 0).then_some(0),
                burners: on.len().max(8),
                stove: stove.collect(),
            }
        },
    )
}

fn names_for(scene: &Scene, name: &str) -> Vec<String> {
    let tasks = scene.waiting.len() + scene.stove.len() + scene.pass.len() + scene.spilled.len();
    (0..tasks).map(|task| format!("{name}{task}")).collect()
}

fn draw(scene: &Scene, names: &[String]) -> Element {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    kitchen(scene, &names, "Sequential")
}

fn elements(element: &Element) -> Vec<&Element> {
    let mut all = vec![element];
    for child in &element.children {
        if let Node::Element(child) = child {
            all.extend(elements(child));
        }
    }
    all
}

fn count(picture: &Element, class: &str) -> usize {
    let has = |element: &&&Element| {
        let mut attributes = element.attributes.iter();
        attributes.any(|(name, value)| *name == "class" && value == class)
    };
    elements(picture).iter().filter(has).count()
}

fn spoken(picture: &Element) -> String {
    let mut attributes = picture.attributes.iter();
    let label = attributes.find(|(name, _)| *name == "aria-label");
    label
        .map(|(_, value)| value.to_string())
        .unwrap_or_default()
}

fn at_work() -> Scene {
    Scene {
        at: Millis::new(900.0),
        chef: Chef::Staring(0),
        waiting: vec![2],
        stove: vec![Pot {
            task: 1,
            burner: 0,
            age: Millis::new(400.0),
        }],
        pass: vec![Dish {
            task: 0,
            burner: 0,
            age: Millis::new(400.0),
        }],
        spilled: Vec::new(),
        taken_off: Vec::new(),
        unmade: Vec::new(),
        in_hand: Vec::new(),
        lit: None,
        burners: 1,
    }
}

proptest! {
    #[test]
    fn the_same_scene_is_the_same_picture(scene in scenes()) {
        let names = names_for(&scene, "task ");
        prop_assert_eq!(draw(&scene, &names).to_string(), draw(&scene, &names).to_string());
    }

    #[test]
    fn every_call_in_flight_is_a_burning_pot_up_to_what_the_stove_holds(scene in scenes()) {
        let picture = draw(&scene, &names_for(&scene, "task "));
        let drawn = scene.stove.len().min(BURNERS);
        prop_assert_eq!(count(&picture, "k-knob-on"), drawn);
        let beyond = format!(">+{}<", scene.stove.len().saturating_sub(BURNERS));
        prop_assert_eq!(picture.to_string().contains(&beyond), scene.stove.len() > BURNERS);
    }

    #[test]
    fn a_picture_stays_small_however_many_tasks_there_are(scene in scenes()) {
        let picture = draw(&scene, &names_for(&scene, "a very long name "));
        let drawn = elements(&picture).len();
        prop_assert!(drawn <= MOST_ELEMENTS, "{drawn}");
    }

    #[test]
    fn names_from_outside_are_never_markup(scene in scenes(), name in "[<>\"&'a-z]{0,12}") {
        let tags = |name: &str| {
            let picture = draw(&scene, &names_for(&scene, name));
            let titles = elements(&picture).iter().filter(|e| e.tag == "title").count();
            picture.to_string().matches('<').count() - 2 * titles
        };
        prop_assert_eq!(tags(&name), tags(""));
    }
}

/// Nothing more can be drawn: all burners boiled over, every name too long for
/// its place, more of everything than there is room for, and a thought.
#[test]
fn the_fullest_picture_is_a_small_one_too() {
    let dishes = |tasks: std::ops::Range<usize>| -> Vec<Dish> {
        tasks
            .map(|task| Dish {
                task,
                burner: task % 8,
                age: Millis::new(5000.0 - task as f64),
            })
            .collect()
    };
    let scene = Scene {
        chef: Chef::Staring(0),
        waiting: (40..50).collect(),
        stove: Vec::new(),
        pass: dishes(0..8),
        spilled: dishes(8..16),
        burners: 8,
        ..at_work()
    };
    let names: Vec<String> = (0..50).map(|n| format!("a very long name {n}")).collect();
    let drawn = elements(&draw(&scene, &names)).len();
    assert!(drawn <= MOST_ELEMENTS, "{drawn}");
    assert!(
        drawn > MOST_ELEMENTS - 5,
        "{drawn}: a fuller one can be drawn"
    );
}

#[test]
fn only_a_chef_who_stares_shows_the_pots_that_could_be_on() {
    let names = ["user", "billing", "orders"].map(str::to_owned);
    let staring = at_work();
    assert_eq!(count(&draw(&staring, &names), "k-ghost"), 1);
    let chopping = Scene {
        chef: Chef::Chopping,
        ..staring
    };
    assert_eq!(count(&draw(&chopping, &names), "k-ghost"), 0);
}

#[test]
fn a_pot_that_boiled_over_leaves_its_burner_when_that_is_needed() {
    let names = ["user", "billing", "orders"].map(str::to_owned);
    let mut scene = at_work();
    scene.spilled.append(&mut scene.pass);
    let needed = draw(&scene, &names);
    assert_eq!(count(&needed, "k-foam"), 0);
    assert_eq!(count(&needed, "k-spoilt"), 1);
    scene.stove.clear();
    let free = draw(&scene, &names);
    assert_eq!(count(&free, "k-foam"), 1);
    assert_eq!(count(&free, "k-spoilt"), 0);
}

#[test]
fn says_what_it_shows_and_says_it_once() {
    let names = ["user", "billing", "orders"].map(str::to_owned);
    let scene = at_work();
    assert_eq!(
        spoken(&draw(&scene, &names)),
        "Sequential: the chef, arms folded, stares at the pot of billing; \
         waiting: orders; on the stove: billing; served: user."
    );
    let mut later = scene.clone();
    later.at += Millis::new(16.0);
    later.stove[0].age += Millis::new(16.0);
    assert_eq!(spoken(&draw(&scene, &names)), spoken(&draw(&later, &names)));
}

#[test]
fn has_no_inline_style_which_the_page_would_refuse() {
    let names = ["user", "billing", "orders"].map(str::to_owned);
    assert!(!draw(&at_work(), &names).to_string().contains("style="));
}

const TOKENS: &str = include_str!("../../www/tokens.css");

/// The declarations of the block that begins with this.
fn tokens(block: &str) -> BTreeMap<&'static str, &'static str> {
    let Some((_, rest)) = TOKENS.split_once(block) else {
        return BTreeMap::new();
    };
    let body = rest.split('}').next().unwrap_or_default();
    let declarations = body.split(';').filter_map(|line| line.split_once(':'));
    declarations
        .map(|(name, value)| (name.trim(), value.trim()))
        .collect()
}

/// Contrast as WCAG 2.2 defines it.
fn contrast(one: &str, other: &str) -> f64 {
    let luminance = |colour: &str| {
        let channel = |at: usize| {
            let value = colour.get(at..at + 2).unwrap_or_default();
            let value = f64::from(u8::from_str_radix(value, 16).unwrap_or_default()) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn night_is_the_same_by_preference_and_by_choice() {
    let by_preference = tokens(":root:not([data-theme=\"light\"]) {");
    assert!(by_preference.len() > 30);
    assert_eq!(by_preference, tokens(":root[data-theme=\"dark\"] {"));
}

#[test]
fn words_and_shapes_stand_out_by_day_and_by_night() {
    let text = ["--ink", "--ink-soft", "--accent-ink", "--ok", "--fail"];
    let shapes = [
        "--accent",
        "--waste",
        "--gift",
        "--queued",
        "--in-flight",
        "--focus",
        "--line-strong",
    ];
    let pairs = [
        ("--on-accent", "--accent"),
        ("--ink", "--accent-soft"),
        ("--ink", "--gift-soft"),
        ("--ink", "--in-flight-soft"),
        ("--fail", "--fail-soft"),
        ("--ink", "--k-wall"),
        ("--ink", "--k-tile"),
        ("--k-line", "--k-steel"),
    ];
    let surfaces = ["--paper", "--surface", "--surface-raised"];
    for block in ["/* Day. */\n:root {", ":root[data-theme=\"dark\"] {"] {
        let token = tokens(block);
        let check = |front: &str, back: &str, least: f64| {
            let found = contrast(token[front], token[back]);
            assert!(found >= least, "{block} {front} on {back}: {found:.2}");
        };
        for back in surfaces {
            text.iter().for_each(|front| check(front, back, 4.5));
            shapes.iter().for_each(|front| check(front, back, 3.0));
        }
        for (front, back) in pairs {
            check(front, back, 4.5);
        }
        for front in ["--waste", "--ok", "--fail", "--in-flight"] {
            check(front, "--k-wall", 3.0);
        }
    }
}

#[test]
fn the_picture_is_as_large_as_those_who_make_room_for_it_think() {
    let picture = kitchen(&at_work(), &["a"; 20], "Sequential");
    let size = picture
        .attributes
        .iter()
        .find(|(name, _)| *name == "viewBox");
    let (width, height) = expert_chef_core::panel::PICTURE;
    let expected = format!("0 0 {width} {height}");
    assert_eq!(size.map(|(_, value)| &**value), Some(&*expected));
}
