//! What the program says of itself to what is not written in Rust. Each word,
//! limit and size has its one place in the core; a script names it
//! `UNSEALED.name` and a style sheet `env(--panel-name)`, and a build fills in
//! what it is. A source by itself fails at once, and says that name.

use anyhow::{Result, ensure};
use expert_chef_core::asked::config::{Config, EMBED, PARAMETERS};
use expert_chef_core::asked::embed::{Told, VERSION};
use expert_chef_core::asked::scenario::{FaultKind, HANG, LIMITS, MAX_LATENCY, SERVICES, STATUSES};
use expert_chef_core::asked::served::REFUSED;
use expert_chef_core::panel::{self, Layout};
use expert_chef_core::part::{Part, Parts};
use serde_json::{Value, json};

/// What `www/sw.js` asks for.
pub fn to_worker() -> Vec<(String, Value)> {
    let mut values = vec![
        ("services".into(), json!(SERVICES)),
        ("maxMs".into(), whole(MAX_LATENCY.ms())),
        ("hangMs".into(), whole(HANG.ms())),
        ("leastStatus".into(), json!(STATUSES.start())),
        ("mostStatus".into(), json!(STATUSES.end())),
        ("leastLimit".into(), json!(LIMITS.start())),
        ("mostLimit".into(), json!(LIMITS.end())),
        ("refused".into(), json!(REFUSED)),
    ];
    let faults = FaultKind::NAMED.iter();
    values.extend(faults.map(|(word, _)| (camel_case(word), json!(word))));
    values
}

/// What `www/embed.js` asks for.
pub fn to_embed() -> Vec<(String, Value)> {
    let words = PARAMETERS.iter().filter(|word| **word != EMBED);
    // The page's own, what of its lesson is to be shown, and the page for a reader's
    // own program.
    let others = ["section", "exercise", "language"];
    let words: Vec<&str> = words.copied().chain(others).collect();
    vec![
        ("version".into(), whole(VERSION)),
        // In one text: its compressed quotation marks weigh more than to part it.
        ("words".into(), json!(words.join(","))),
        ("events".into(), json!(Told::ALL.map(Told::kind))),
        ("show".into(), json!(Parts::EMBEDDED.words())),
        ("scenario".into(), json!(Config::default().scenario.id)),
        ("kitchens".into(), json!(Config::default().compare.len())),
        ("more".into(), whole(panel::MORE)),
        ("narrowest".into(), whole(panel::NARROWEST)),
        ("wide".into(), whole(panel::WIDE)),
        ("once".into(), whole(Layout::WIDE.once())),
        ("parts".into(), parts()),
        ("narrowLines".into(), json!(Layout::NARROW.lines)),
        (
            "narrowShape".into(),
            json!(Layout::NARROW.picture().to_string()),
        ),
        ("wideLines".into(), json!(Layout::WIDE.lines)),
        (
            "wideShape".into(),
            json!(Layout::WIDE.picture().to_string()),
        ),
    ]
}

/// The height of each part as a style sheet can say it, of the panel's own width
/// and of what is different in a narrow one and a wide one.
fn parts() -> Value {
    let layout = Layout::WIDE;
    let kitchens = "var(--kitchens)";
    let (axis, lanes) = (layout.axis(), layout.lanes());
    let (beside, widest) = (layout.beside(), panel::WIDEST);
    let lines = f64::from(Layout::NARROW.lines - layout.lines);
    // What a line adds, and what there is without any.
    let by_line = |of: fn(Layout) -> f64| {
        let line = (of(Layout::NARROW) - of(layout)) / lines;
        (line, of(layout) - f64::from(layout.lines) * line)
    };
    let (row_line, row) = by_line(Layout::row);
    let (result_line, result) = by_line(Layout::result);
    let mut parts = serde_json::Map::new();
    for part in Part::ALL {
        // CSS rounds nowhere yet; there is one kitchen to four, in rows of two.
        let height = match part {
            Part::Picture => format!(
                "clamp(1,{kitchens} - 1,2)*({row}px + var(--lines)*{row_line}px + \
                 (min(100cqw,{widest}px) - {beside}px)*var(--shape))"
            ),
            Part::Lanes => format!("{axis}px + {kitchens}*{lanes}px"),
            Part::Result => format!("{result}px + var(--lines)*{result_line}px"),
            Part::Controls => format!("{}px", layout.controls()),
            Part::Log => format!("{}px", layout.log()),
            Part::Code => format!("{}px", layout.code()),
        };
        parts.insert(part.word().into(), height.into());
    }
    parts.into()
}

/// A number that JSON would write with a point.
fn whole(number: f64) -> Value {
    #[expect(clippy::cast_possible_truncation, reason = "limits are whole numbers")]
    let number = number as i64;
    json!(number)
}

/// `slow-body` as a script's name: `slowBody`.
fn camel_case(word: &str) -> String {
    let mut parts = word.split('-');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| {
        let (initial, rest) = part.split_at(part.len().min(1));
        name + &initial.to_ascii_uppercase() + rest
    })
}

/// The script with these values in it.
///
/// # Errors
/// If it does not ask for one of them, or asks for another: then the two sides
/// do not know the same.
pub fn script(text: &str, values: &[(String, Value)], file: &str) -> Result<String> {
    let mut text = text.to_owned();
    for (name, value) in values {
        text = replaced(&text, &format!("UNSEALED.{name}"), &value.to_string(), file)?;
    }
    ensure_filled(&text, "UNSEALED.", file)?;
    Ok(text)
}

/// All style sheets with the panel's sizes in them.
///
/// # Errors
/// If they do not use one of them, or use another.
pub fn styles(sheets: &mut [String]) -> Result<()> {
    let sizes = panel::NAMED.iter();
    let sizes = sizes.map(|(name, px)| (name, format!("{}rem", px / 16.0)));
    let strokes = panel::STROKES.iter();
    let strokes = strokes.map(|(name, px)| (name, format!("{px}px")));
    let shapes = panel::SHAPES.iter();
    let shapes = shapes.map(|(name, shape)| (name, shape.to_string()));
    for (name, size) in sizes.chain(strokes).chain(shapes) {
        let asked = format!("env(--panel-{name})");
        ensure!(
            sheets.iter().any(|sheet| sheet.contains(&asked)),
            "no style sheet uses {asked}, which the panel's height counts with"
        );
        for sheet in &mut *sheets {
            *sheet = sized(sheet, &asked, &size);
        }
    }
    for sheet in sheets {
        ensure_filled(sheet, "env(--panel-", "a style sheet")?;
    }
    Ok(())
}

/// The sheet with a size in place of each function that asks for it. What may
/// stand right behind a function would become a part of the number.
fn sized(sheet: &str, asked: &str, size: &str) -> String {
    let mut parts = sheet.split(asked);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |filled, part| {
        let is_apart = part.starts_with([' ', ')', ',', ';', '}']);
        filled + size + if is_apart { "" } else { " " } + part
    })
}

/// The text with each whole `name` replaced.
fn replaced(text: &str, name: &str, value: &str, file: &str) -> Result<String> {
    let mut filled = String::with_capacity(text.len());
    let mut parts = text.split(name);
    filled.push_str(parts.next().unwrap_or_default());
    let mut count = 0;
    for part in parts {
        // Not the beginning of a longer name.
        let is_whole = !part.starts_with(|c: char| c.is_ascii_alphanumeric());
        count += usize::from(is_whole);
        filled.push_str(if is_whole { value } else { name });
        filled.push_str(part);
    }
    ensure!(
        count > 0,
        "{file} does not ask for {name}, which the program would tell it"
    );
    Ok(filled)
}

fn ensure_filled(text: &str, prefix: &str, file: &str) -> Result<()> {
    let Some(at) = text.find(prefix) else {
        return Ok(());
    };
    let name = &text[at + prefix.len()..];
    let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    anyhow::bail!(
        "{file} asks for {prefix}{}, which the program does not tell",
        &name[..end.unwrap_or(name.len())]
    )
}

#[cfg(test)]
pub mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use super::*;

    /// A style sheet that uses whatever the program tells of its sizes.
    pub fn every_size() -> String {
        let names = panel::NAMED
            .iter()
            .chain(panel::STROKES)
            .chain(panel::SHAPES);
        names
            .map(|(name, _)| format!("a{{top:env(--panel-{name})}}"))
            .collect()
    }

    /// A script that uses whatever it is told.
    pub fn every_value(values: &[(String, Value)]) -> String {
        let names = values.iter();
        names
            .map(|(name, _)| format!("use(UNSEALED.{name});\n"))
            .collect()
    }

    fn source(file: &str) -> String {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/");
        std::fs::read_to_string(folder.to_owned() + file).unwrap()
    }

    #[test]
    fn the_pages_scripts_ask_for_all_that_the_program_tells_and_nothing_else() {
        script(&source("sw.js"), &to_worker(), "sw.js").unwrap();
        script(&source("embed.js"), &to_embed(), "embed.js").unwrap();
    }

    #[test]
    fn the_pages_style_sheets_use_each_of_the_panels_sizes_and_no_other() {
        let sheets = ["embed.css", "style.css"].map(source);
        styles(&mut sheets.to_vec()).unwrap();
    }

    #[test]
    fn a_script_that_does_not_know_a_fault_or_knows_another_is_an_error() {
        let known = every_value(&to_worker());
        let fewer = known.replace("use(UNSEALED.slowBody);\n", "");
        let error = script(&fewer, &to_worker(), "sw.js").unwrap_err();
        assert!(error.to_string().contains("slowBody"), "{error}");
        let more = known + "use(UNSEALED.burn);";
        let error = script(&more, &to_worker(), "sw.js").unwrap_err();
        assert!(error.to_string().contains("UNSEALED.burn"), "{error}");
    }

    #[test]
    fn a_size_that_is_not_used_or_not_known_is_an_error() {
        let error = styles(&mut ["a{}".into()]).unwrap_err();
        assert!(error.to_string().contains("env(--panel-"), "{error}");
        let error = styles(&mut [every_size() + "a{top:env(--panel-lid)}"]).unwrap_err();
        assert!(error.to_string().contains("--panel-lid"), "{error}");
    }

    #[test]
    fn what_stands_right_behind_a_size_does_not_become_a_part_of_it() {
        // As trunk's minifier leaves them.
        let sheet = "a{border:env(--panel-border)solid;padding:env(--panel-border)";
        assert_eq!(
            sized(
                &format!("{sheet}var(--space)}}"),
                "env(--panel-border)",
                "1px"
            ),
            "a{border:1px solid;padding:1px var(--space)}"
        );
        assert_eq!(sized("a{b:c(env(--x))}", "env(--x)", "1px"), "a{b:c(1px)}");
    }

    #[test]
    fn a_name_is_not_filled_in_where_a_longer_one_begins_with_it() {
        let values = [("wide".into(), json!(1)), ("wideShape".into(), json!("h"))];
        let text = script("a(UNSEALED.wideShape, UNSEALED.wide)", &values, "a.js");
        assert_eq!(text.unwrap(), "a(\"h\", 1)");
    }

    /// What the style sheet's sum comes to, computed as a browser does.
    fn computed(layout: Layout, width: f64, kitchens: u8, parts: Parts) -> f64 {
        let heights = super::parts();
        let mut text = Layout::WIDE.once().to_string();
        for part in Part::ALL {
            if parts.has(part) {
                text += "+";
                text += heights[part.word()].as_str().unwrap();
            }
        }
        text = text.replace("100cqw", &format!("{width}px"));
        text = text.replace("var(--lines)", &layout.lines.to_string());
        text = text.replace("var(--shape)", &layout.picture().to_string());
        text = text.replace("var(--kitchens)", &kitchens.to_string());
        let text = text.replace("px", "").replace(' ', "");
        let (value, rest) = sum(&text);
        assert_eq!(rest, "");
        value
    }

    fn sum(text: &str) -> (f64, &str) {
        let (mut value, mut rest) = product(text);
        while let Some(sign) = rest.chars().next().filter(|c| "+-".contains(*c)) {
            let (next, after) = product(&rest[1..]);
            value += if sign == '+' { next } else { -next };
            rest = after;
        }
        (value, rest)
    }

    fn product(text: &str) -> (f64, &str) {
        let (mut value, mut rest) = factor(text);
        while let Some(after) = rest.strip_prefix('*') {
            let (next, after) = factor(after);
            value *= next;
            rest = after;
        }
        (value, rest)
    }

    fn factor(text: &str) -> (f64, &str) {
        if let Some(inner) = text.strip_prefix("clamp(") {
            let (least, rest) = sum(inner);
            let (one, rest) = sum(rest.strip_prefix(',').unwrap());
            let (most, rest) = sum(rest.strip_prefix(',').unwrap());
            return (one.clamp(least, most), rest.strip_prefix(')').unwrap());
        }
        if let Some(inner) = text.strip_prefix("min(") {
            let (one, rest) = sum(inner);
            let (other, rest) = sum(rest.strip_prefix(',').unwrap());
            return (one.min(other), rest.strip_prefix(')').unwrap());
        }
        if let Some(inner) = text.strip_prefix('(') {
            let (value, rest) = sum(inner);
            return (value, rest.strip_prefix(')').unwrap());
        }
        let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.'));
        let (number, rest) = text.split_at(end.unwrap_or(text.len()));
        (number.parse().unwrap(), rest)
    }

    #[test]
    fn the_height_that_is_kept_free_is_the_panels_own_whatever_it_shows() {
        for (layout, widths) in [
            (Layout::NARROW, [280.0, 320.0, 479.0]),
            (Layout::WIDE, [480.0, 700.0, 1200.0]),
        ] {
            for width in widths {
                for kitchens in 1..=4 {
                    for choice in 1..1_u32 << Part::ALL.len() {
                        let mut shown = Part::ALL.to_vec();
                        shown.retain(|part| choice & 1 << *part as u32 != 0);
                        let parts = Parts::of(&shown);
                        let kept = computed(layout, width, kitchens, parts);
                        let own = panel::height(width, kitchens, parts);
                        assert!((kept - own).abs() < 0.5, "{width} {shown:?}: {kept} {own}");
                    }
                }
            }
        }
    }
}
