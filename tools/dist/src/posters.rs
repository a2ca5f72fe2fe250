//! Stills for embeds that are not in sight yet, one for each scenario and one
//! for calls of a host's own: what `embed.js` shows until the page is there. They
//! carry the page's own rules for what is in them, so that its style sheets stay
//! the one place that knows the style.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use expert_chef_core::asked::config::Config;
use expert_chef_core::asked::scenario::Scenario;
use expert_chef_core::shown::figure::Figure;
use expert_chef_core::shown::stage::Stage;
use expert_chef_core::shown::words;
use expert_chef_core::written::poster::poster;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::files::write;

/// Their folder.
pub const POSTERS: &str = "posters/";

/// What is shown of calls that the build cannot know: kitchens at rest.
const OWN: &str = "tasks=first:500,second:800,third:1200";

/// How much of the longest run has gone by on a still: something is done, and
/// something still under way.
const TELLING: f64 = 0.6;

/// No still is worth more than that, compressed.
const MOST: usize = 15_000;

/// Writes them all, in the style of these sheets.
///
/// # Errors
/// If one cannot be written, or comes out too large.
pub fn write_all(staging: &Path, styles: &str) -> Result<()> {
    let folder = staging.join(POSTERS);
    fs::create_dir_all(&folder).context("cannot make the folder of the posters")?;
    for preset in Scenario::PRESETS {
        let query = format!("scenario={}&at={}", preset.id, moment(preset.id)?);
        write_one(&folder, preset.id, &query, styles)?;
    }
    write_one(&folder, "own", OWN, styles)
}

/// Writes the still of a figure of the lesson; gives what it shows in words.
///
/// # Errors
/// If theory knows nothing of it.
pub fn write_still(staging: &Path, id: &str, query: &str, styles: &str) -> Result<String> {
    let config = parsed(query)?;
    let mut said = Vec::new();
    let mut longest = 0.0_f64;
    for kitchen in &config.compare {
        let time = kitchen.predict(&config.scenario.tasks, &config.policy);
        let time = time.with_context(|| format!("{query}: theory does not know"))?;
        longest = longest.max(time.ms());
        said.push(format!("{}: {time}", words::title(*kitchen)));
    }
    let folder = staging.join(POSTERS);
    fs::create_dir_all(&folder).context("cannot make the folder of the posters")?;
    let at = (longest * TELLING).round();
    write_one(&folder, id, &format!("{query}&at={at}"), styles)?;
    Ok(said.join("; ") + ", in theory.")
}

/// When the still of a scenario stands.
fn moment(id: &str) -> Result<f64> {
    let config = parsed(&format!("scenario={id}"))?;
    let kitchens = config.compare.iter();
    let times = kitchens.filter_map(|one| one.predict(&config.scenario.tasks, &config.policy));
    let longest = times.fold(0.0, |longest: f64, time| longest.max(time.ms()));
    Ok((longest * TELLING).round())
}

fn parsed(query: &str) -> Result<Config> {
    let (config, problems) = Config::parse(query, |_| None);
    ensure!(problems.is_empty(), "{query}: {problems:?}");
    Ok(config)
}

fn write_one(folder: &Path, name: &str, query: &str, styles: &str) -> Result<()> {
    let config = parsed(query)?;
    let stage = Stage::new(Figure::panel(config.show), config, Vec::new(), "");
    let text = dressed(&poster(&stage).to_string(), styles);
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    std::io::Write::write_all(&mut packed, text.as_bytes())?;
    let size = packed.finish()?.len();
    ensure!(
        size <= MOST,
        "the poster {name} has {size} bytes, compressed"
    );
    write(&folder.join(format!("{name}.svg")), text)
}

/// The picture with the rules for what is in it, and with the values of the
/// properties that these ask for, by day and by night.
fn dressed(picture: &str, styles: &str) -> String {
    let rules = rules(styles);
    let classes = classes_of(picture);
    let mut style = String::new();
    for (selector, body) in &rules {
        if is_for(selector, &classes) {
            style += &format!("{selector}{{{body}}}");
        }
    }
    let blocks = |of: &[(&str, &str)]| -> Vec<(String, String)> {
        let roots = of.iter().filter(|(selector, _)| is_root(selector));
        roots.flat_map(|(_, body)| properties(body)).collect()
    };
    let day = blocks(&rules);
    let night = rules.iter().filter(|(at, _)| is_night(at));
    let night: Vec<_> = night
        .flat_map(|(_, body)| blocks(&self::rules(body)))
        .collect();
    let used = used(&style, &day);
    let only = |all: &[(String, String)]| -> String {
        let wanted = all.iter().filter(|(name, _)| used.contains(name));
        wanted
            .map(|(name, value)| format!("{name}:{value};"))
            .collect()
    };
    let style = format!(
        ":root{{color-scheme:light dark;{}}}@media (prefers-color-scheme:dark){{:root{{{}}}}}{style}",
        only(&day),
        only(&night)
    );
    let style = style.replace('&', "&amp;").replace('<', "&lt;");
    let end = picture.rfind("</svg>").unwrap_or(picture.len());
    format!(
        "{}<style>{style}</style>{}",
        &picture[..end],
        &picture[end..]
    )
}

/// The rules at the top of a style sheet, and what is in their braces.
fn rules(styles: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = styles;
    while let Some(open) = rest.find('{') {
        let before = &rest[..open];
        // Behind comments and statements.
        let start = before.rfind(['}', ';']).map_or(0, |at| at + 1);
        let start = before.rfind("*/").map_or(start, |at| start.max(at + 2));
        let mut depth = 0_usize;
        let close = rest[open..].char_indices().find(|(_, c)| {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        let Some((length, _)) = close else { break };
        found.push((before[start..].trim(), &rest[open + 1..open + length]));
        rest = &rest[open + length + 1..];
    }
    found
}

/// What is said for every look, which is that of the day.
fn is_root(selector: &str) -> bool {
    selector == ":root" || selector.starts_with(":root:not(")
}

fn is_night(at_rule: &str) -> bool {
    let at_rule = at_rule.replace(' ', "");
    at_rule == "@media(prefers-color-scheme:dark)"
}

/// The custom properties of a rule.
fn properties(body: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for declaration in body.split(';') {
        let declaration = declaration.rsplit("*/").next().unwrap_or_default().trim();
        if let Some((name, value)) = declaration
            .split_once(':')
            .filter(|(n, _)| n.starts_with("--"))
        {
            found.push((name.to_owned(), value.trim().to_owned()));
        }
    }
    found
}

/// The properties that rules ask for, and those that these ask for in turn.
fn used(style: &str, properties: &[(String, String)]) -> Vec<String> {
    let mut used: Vec<String> = Vec::new();
    let mut texts = vec![style.to_owned()];
    while let Some(text) = texts.pop() {
        for part in text.split("var(").skip(1) {
            let end = part.find([')', ',', ' ']).unwrap_or(part.len());
            let name = part[..end].to_owned();
            if !used.contains(&name) {
                let values = properties.iter().filter(|(known, _)| *known == name);
                texts.extend(values.map(|(_, value)| value.clone()));
                used.push(name);
            }
        }
    }
    used
}

/// Every class in a picture.
fn classes_of(picture: &str) -> Vec<&str> {
    let lists = picture.split("class=\"").skip(1);
    let lists = lists.filter_map(|rest| rest.split('"').next());
    lists.flat_map(str::split_whitespace).collect()
}

/// Whether one of a rule's selectors can be of something in the picture, whose
/// elements have these classes. Rules that begin with no class are about the page.
fn is_for(selector: &str, classes: &[&str]) -> bool {
    let of_classes = |one: &str| {
        let mut named = one.split('.').skip(1);
        named.all(|rest| {
            let is_name = |c: char| c.is_alphanumeric() || "-_".contains(c);
            let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
            classes.contains(&&rest[..end])
        })
    };
    let mut ones = selector.split(',').map(str::trim);
    selector.starts_with('.') && ones.any(|one| one.starts_with('.') && of_classes(one))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use super::*;
    use crate::files::{list, read_text};
    use tempfile::TempDir;

    const STYLES: &str = "/* all { } */ :root { --a: red; --b: var(--c); --c: 1px; --d: 2px; }
        @media (prefers-color-scheme: dark) { :root:not([data-theme=\"light\"]) { --a: blue; --d: 3px } }
        :root[data-theme=\"dark\"] { --a: green }
        .kitchen { fill: var(--a); r: var(--b) } .other { fill: var(--d) } p { top: 0 }
        .other, .kitchen text { fill: none } @media print { .kitchen { fill: none } }";

    #[test]
    fn a_picture_has_the_rules_for_what_is_in_it_and_the_colours_of_day_and_night() {
        let dressed = dressed("<svg><g class=\"kitchen\"></g></svg>", STYLES);
        assert_eq!(
            dressed,
            "<svg><g class=\"kitchen\"></g><style>:root{color-scheme:light dark;--a:red;--b:var(--c);--c:1px;}\
             @media (prefers-color-scheme:dark){:root{--a:blue;}}\
             .kitchen{ fill: var(--a); r: var(--b) }.other, .kitchen text{ fill: none }</style></svg>"
        );
    }

    #[test]
    fn each_scenario_has_a_still_and_so_have_others() {
        let folder = TempDir::new().unwrap();
        write_all(folder.path(), STYLES).unwrap();
        let files = list(folder.path()).unwrap();
        assert_eq!(files.len(), Scenario::PRESETS.len() + 1, "{files:?}");
        for file in files {
            let text = read_text(&folder.path().join(&file)).unwrap();
            let is_own = file == "posters/own.svg";
            assert_eq!(text.contains("drawn ahead"), !is_own, "{file}");
            assert!(text.starts_with("<svg xmlns=") && text.ends_with("</style></svg>"));
        }
    }
}
