//! What the colours promise whoever looks at page and pictures.
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;

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
        ("--gift", "--surface-raised"),
        ("--waste", "--surface-raised"),
        ("--k-white", "--k-iron"),
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
