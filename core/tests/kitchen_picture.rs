//! What the picture of the kitchen promises, whatever scene it is given.
#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::markup::{Element, Node};
use expert_chef_core::millis::Millis;
use expert_chef_core::shown::kitchen::kitchen;
use expert_chef_core::shown::scene::{Chef, Dish, Pot, Scene, Spare};
use proptest::prelude::*;

/// More elements than this are not worth comparing in every frame.
const MOST_ELEMENTS: usize = 166;

/// The width of a letter in a font that is wide.
const WIDE_LETTER: f64 = 8.2;

fn chefs() -> impl Strategy<Value = Chef> {
    (0..9, 0..8_usize).prop_map(|(pose, burner)| match pose {
        0 => Chef::Ready,
        1 => Chef::Setting(burner),
        2 => Chef::Staring(burner),
        3 => Chef::Chopping,
        4 => Chef::Plating,
        5 => Chef::Watching,
        6 => Chef::AtEase,
        7 => Chef::Spent,
        _ => Chef::Dismayed,
    })
}

/// Any scene: the first tasks are over, the next on the stove, the rest wait.
fn scenes() -> impl Strategy<Value = Scene> {
    let ages = || prop::collection::vec((0.0..3000.0_f64, any::<bool>()), 0..20);
    let free = prop_oneof![0..6_usize, 0..100_usize, 900..1000_usize];
    let spare = prop::option::of((0..3_usize, 0.0..500_000.0_f64));
    let rest = (0..1000_usize, free, 0.0..9000.0_f64, chefs(), spare);
    (ages(), ages(), rest).prop_map(|(mut over, on, (waiting, free, at, chef, spare))| {
        over.sort_by(|a, b| b.0.total_cmp(&a.0));
        let ended = over.iter().enumerate().map(|(task, dish)| Dish {
            task,
            is_good: dish.1,
            age: Millis::new(dish.0),
            plating: Millis::new(100.0),
        });
        let stove = on.iter().enumerate().map(|(burner, pot)| Pot {
            task: over.len() + burner,
            burner,
            age: Millis::new(pot.0),
            setting: Millis::new(100.0),
            attempt: 1 + usize::from(pot.1),
            is_unnoticed: pot.1,
        });
        let begun = over.len() + on.len();
        let signs = [Spare::Counting, Spare::Free, Spare::Lost];
        let spare = spare.map(|(sign, time)| signs[sign](Millis::new(time)));
        Scene {
            at: Millis::new(at),
            chef,
            lasting: chef,
            waiting: (begun..begun + waiting).collect(),
            again: (begun..begun + waiting.min(2))
                .map(|task| (task, 2))
                .collect(),
            pass: ended.collect(),
            unmade: Vec::new(),
            in_hand: None,
            workers: Vec::new(),
            pulse: None,
            lit: (begun > 0).then_some(0),
            burners: on.len() + free,
            tries: Some(3),
            stove: stove.collect(),
            spare,
        }
    })
}

fn names_for(scene: &Scene, name: &str) -> Vec<String> {
    let tasks = scene.waiting.len() + scene.stove.len() + scene.pass.len();
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

fn attribute<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    let mut attributes = element.attributes.iter();
    let found = attributes.find(|(known, _)| *known == name);
    found.map(|(_, value)| &**value)
}

fn has_class(element: &Element, class: &str) -> bool {
    let classes = attribute(element, "class").unwrap_or_default();
    classes.split(' ').any(|known| known == class)
}

fn count(picture: &Element, class: &str) -> usize {
    let all = elements(picture).into_iter();
    all.filter(|element| has_class(element, class)).count()
}

/// How many things this path is: its outlines or, of lines that have a dash for
/// each, their dashes.
fn things(path: &Element) -> usize {
    let d = attribute(path, "d").unwrap_or_default();
    let number = |text: &str| text.parse::<f64>().expect("a number");
    let Some(dashes) = attribute(path, "stroke-dasharray").filter(|_| has_class(path, "k-row"))
    else {
        return d.matches('M').count();
    };
    let step: f64 = dashes.split(' ').map(number).sum();
    let lines = d.split('M').filter_map(|line| line.split_once('h'));
    let dashes = lines.map(|(_, length)| number(length) / step);
    dashes.map(|dashes| dashes.round() as usize).sum()
}

fn all_things(picture: &Element, class: &str) -> usize {
    let all = elements(picture).into_iter();
    let drawn = all.filter(|element| has_class(element, class));
    drawn.map(things).sum()
}

/// The burners, by their knobs or, on a rack, by their grates.
fn burners(picture: &Element) -> usize {
    let knobs = count(picture, "k-knob") + count(picture, "k-knob-on");
    if knobs > 0 {
        return knobs;
    }
    let iron = elements(picture).into_iter();
    let iron = iron.filter(|element| has_class(element, "k-iron"));
    // Nothing else of iron is made of more parts, but for the lamps.
    let most = iron.map(things).max().unwrap_or_default();
    if most > 3 { most } else { 0 }
}

fn spoken(picture: &Element) -> String {
    attribute(picture, "aria-label").unwrap_or_default().into()
}

/// The words, each with its middle, its foot and how wide it may be.
fn words(element: &Element, (x, y): (f64, f64), found: &mut Vec<(f64, f64, f64)>) {
    let number = |name| attribute(element, name).and_then(|value| value.parse().ok());
    let moved = attribute(element, "transform").unwrap_or_default();
    let moved = moved
        .strip_prefix("translate(")
        .and_then(|rest| rest.split_once(')'));
    let moved = moved.and_then(|(by, _)| by.split_once(' '));
    let moved = moved.map(|(x, y)| (x.parse().unwrap_or(0.0), y.parse().unwrap_or(0.0)));
    let by: (f64, f64) = moved.unwrap_or_default();
    let (x, y) = (x + by.0, y + by.1);
    let text = element.children.iter().find_map(|child| match child {
        Node::Text(text) if element.tag == "text" => Some(text),
        _ => None,
    });
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        let letters = text.chars().count() as f64;
        let wide = number("textLength").unwrap_or(letters * WIDE_LETTER);
        found.push((
            x + number("x").unwrap_or(0.0),
            y + number("y").unwrap_or(0.0),
            wide,
        ));
    }
    for child in &element.children {
        if let Node::Element(child) = child {
            words(child, (x, y), found);
        }
    }
}

fn at_work() -> Scene {
    let (age, setting, plating) = (Millis::new(400.0), Millis::new(120.0), Millis::new(75.0));
    Scene {
        at: Millis::new(900.0),
        chef: Chef::Staring(0),
        lasting: Chef::Staring(0),
        waiting: vec![2],
        again: Vec::new(),
        stove: vec![Pot {
            task: 1,
            burner: 0,
            age,
            setting,
            attempt: 1,
            is_unnoticed: false,
        }],
        pass: vec![Dish {
            task: 0,
            is_good: true,
            age,
            plating,
        }],
        unmade: Vec::new(),
        in_hand: None,
        workers: Vec::new(),
        pulse: None,
        lit: None,
        burners: 3,
        tries: Some(3),
        spare: None,
    }
}

fn names() -> [String; 3] {
    ["user", "billing", "orders"].map(str::to_owned)
}

proptest! {
    #[test]
    fn the_same_scene_is_the_same_picture(scene in scenes()) {
        let names = names_for(&scene, "task ");
        prop_assert_eq!(draw(&scene, &names).to_string(), draw(&scene, &names).to_string());
    }

    #[test]
    fn every_burner_is_drawn_and_has_a_flame_exactly_if_a_call_is_in_flight(scene in scenes()) {
        let picture = draw(&scene, &names_for(&scene, "task "));
        if scene.burners > 3 {
            prop_assert_eq!(burners(&picture), scene.burners);
        }
        prop_assert_eq!(all_things(&picture, "k-flame"), scene.stove.len());
        prop_assert_eq!(all_things(&picture, "k-lid"), scene.stove.len());
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

    #[test]
    fn no_words_touch_others(scene in scenes(), name in "(order |WWWWW|i|a long name )") {
        let picture = draw(&scene, &names_for(&scene, &name));
        let mut found = Vec::new();
        words(&picture, (0.0, 0.0), &mut found);
        for (index, one) in found.iter().enumerate() {
            for other in &found[..index] {
                let apart = (one.0 - other.0).abs() - (one.2 + other.2) / 2.0;
                prop_assert!((one.1 - other.1).abs() > 12.5 || apart > 1.0, "{:?} {:?}", one, other);
            }
        }
    }

    #[test]
    fn the_sign_says_it_beside_the_head_where_a_narrow_picture_shows_it(scene in scenes()) {
        let said = |class: &str| count(&draw(&scene, &names_for(&scene, "task ")), class);
        let lines = match scene.spare {
            None => (0, 0),
            Some(Spare::Counting(_) | Spare::Free(_)) => (2, 0),
            Some(Spare::Lost(_)) => (0, 2),
        };
        prop_assert_eq!((said("k-free"), said("k-lost")), lines);
    }
}

/// Nothing more can be drawn: every burner of a row in use, every name too long
/// for its place, more of everything than there is room for, and a thought.
#[test]
fn the_fullest_picture_is_a_small_one_too() {
    let scene = at_work();
    let scene = Scene {
        waiting: (40..50).collect(),
        again: (40..43).map(|task| (task, 2)).collect(),
        stove: (0..6)
            .map(|burner| Pot {
                task: 20 + burner,
                burner,
                ..scene.stove[0]
            })
            .collect(),
        pass: (0..3)
            .map(|task| Dish {
                task,
                ..scene.pass[0]
            })
            .collect(),
        burners: 6,
        ..scene
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
fn one_burner_is_one_and_two_are_two() {
    for limit in [1, 2, 3, 4, 6, 7, 12, 50, 60, 61, 1000] {
        let scene = Scene {
            burners: limit,
            ..at_work()
        };
        assert_eq!(burners(&draw(&scene, &names())), limit);
    }
}

#[test]
fn only_a_chef_who_stares_shows_the_pots_that_could_be_on() {
    for limit in [3, 12, 1000] {
        let staring = Scene {
            waiting: vec![0, 2],
            burners: limit,
            ..at_work()
        };
        assert_eq!(all_things(&draw(&staring, &names()), "k-ghost"), 2);
        let chopping = Scene {
            chef: Chef::Chopping,
            ..staring
        };
        assert_eq!(all_things(&draw(&chopping, &names()), "k-ghost"), 0);
    }
}

#[test]
fn what_failed_is_on_the_pass_with_its_cross_and_nothing_on_the_stove() {
    let mut scene = at_work();
    scene.stove.clear();
    scene.pass[0].is_good = false;
    scene.pass[0].age = Millis::ZERO;
    let picture = draw(&scene, &names());
    assert_eq!(count(&picture, "k-spoilt"), 1);
    assert_eq!(
        (count(&picture, "k-cross"), count(&picture, "k-tick")),
        (1, 0)
    );
    assert_eq!(count(&picture, "k-lid") + count(&picture, "k-flame"), 0);
}

#[test]
fn what_was_cancelled_is_cold_on_the_rack_with_a_dash() {
    let scene = Scene {
        unmade: vec![1],
        stove: Vec::new(),
        ..at_work()
    };
    let picture = draw(&scene, &names());
    assert_eq!(
        (count(&picture, "k-cold"), count(&picture, "k-dash")),
        (1, 1)
    );
}

#[test]
fn it_says_which_try_it_is_on_the_stove_and_at_the_counter() {
    let mut scene = at_work();
    assert!(!draw(&scene, &names()).to_string().contains("try "));
    scene.stove[0].attempt = 2;
    let picture = draw(&scene, &names());
    assert!(picture.to_string().contains(">try 2 of 3<"));
    assert!(spoken(&picture).contains("; try 2 of 3: billing;"));
    scene.stove.clear();
    scene.again = vec![(2, 3)];
    let picture = draw(&scene, &names());
    assert!(picture.to_string().contains(">try 3 of 3<"));
    scene.tries = None;
    let picture = draw(&scene, &names());
    assert!(picture.to_string().contains(">try 3<"));
}

#[test]
fn who_is_at_ease_has_put_everything_away() {
    let picture = |chef| {
        let scene = Scene { chef, ..at_work() };
        draw(&scene, &names())
    };
    for chef in [Chef::Chopping, Chef::Spent] {
        assert_eq!(count(&picture(chef), "k-blade"), 1);
    }
    assert_eq!(count(&picture(Chef::AtEase), "k-blade"), 0);
}

#[test]
fn says_what_it_shows_and_says_it_once() {
    let names = names();
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
    let over = Scene {
        chef: Chef::Spent,
        waiting: Vec::new(),
        stove: Vec::new(),
        spare: Some(Spare::Lost(Millis::new(1300.0))),
        ..scene
    };
    assert_eq!(
        spoken(&draw(&over, &names)),
        "Sequential: the chef slumps, worn out from waiting; served: user; \
         a sign says: 1.3 s lost."
    );
}

#[test]
fn a_sign_that_counts_is_not_said_anew_with_every_frame() {
    let said = |ms| {
        let spare = Some(Spare::Counting(Millis::new(ms)));
        let scene = Scene { spare, ..at_work() };
        spoken(&draw(&scene, &names().map(String::from)))
    };
    assert_eq!(said(100.0), said(2000.0));
    assert!(said(100.0).contains("a sign says"));
}

#[test]
fn has_no_inline_style_which_the_page_would_refuse() {
    assert!(!draw(&at_work(), &names()).to_string().contains("style="));
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
