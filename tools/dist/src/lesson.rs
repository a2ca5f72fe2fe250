//! The article around the stage. Its sections are files that need no programmer
//! (`www/lesson/`); here they are put into the page, with numbers that theory
//! computes, stills for who has no script, and a table of contents. Each section
//! is a page of its own as well, for search engines and for who links to it.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow, ensure};
use expert_chef_core::asked::scenario::Scenario;
use expert_chef_core::asked::strategy::Strategy;
use expert_chef_core::millis::Millis;
use expert_chef_core::shown::listing::Language;
use lol_html::html_content::{ContentType, Element};
use serde_json::json;

use crate::code;
use crate::files::read_text;
use crate::html::{rewritten, text_of};
use crate::posters;
use crate::tight::tightened;

/// Where the sections are, in the order of their files' names.
const FOLDER: &str = "lesson";
/// What is printed, and no section.
const CRIB: &str = "crib";

/// The section with the program that the lesson is about.
const THE_ANSWER: &str = "answer";

/// How a program begins that is there for who has no script.
const PROGRAM: &str = "<pre data-program>";

/// How the notice begins that says of a program that it does not come.
const LATE: &str = "<p class=\"late notice\"";

/// A section of the lesson.
#[derive(Clone, Debug)]
pub struct Section {
    /// Its address within the page, and its own page's name.
    pub id: String,
    /// What search engines and link previews call it, and say of it.
    pub title: String,
    pub description: String,
    /// Whether it is on its own page alone, and the lesson only leads to it.
    pub is_apart: bool,
    /// What it is called in the page.
    pub heading: String,
    /// All of it.
    pub html: String,
}

impl Section {
    /// It among the others: without scripts there is one program to be read, and
    /// the others on the sections' own pages.
    fn in_lesson(&self) -> String {
        let mut html = String::new();
        let mut rest = &*self.html;
        // As text: what is in a noscript has no elements.
        while let Some((before, after)) = rest.split_once(PROGRAM).filter(|_| self.id != THE_ANSWER)
        {
            html += before;
            rest = after.split_once("</pre>").map_or("", |(_, after)| after);
        }
        html + rest
    }

    /// What stands for it in the lesson.
    fn teaser(&self) -> String {
        let Self {
            id,
            heading,
            description,
            ..
        } = self;
        format!(
            "<section id=\"{id}\" class=\"section\" aria-labelledby=\"{id}-title\">\
             <h2 id=\"{id}-title\">{heading}</h2><p>{description}</p>\
             <p><a href=\"./{id}.html\">{heading}: to its own page</a></p></section>"
        )
    }
}

/// Reads the sections, and writes the stills of their figures into the build.
///
/// # Errors
/// If there is a mistake in one, with the file's name.
pub fn read(source: &Path, snippets: &Path, staging: &Path, styles: &str) -> Result<Vec<Section>> {
    let folder = source.join(FOLDER);
    let mut names = Vec::new();
    let listed = fs::read_dir(&folder).with_context(|| format!("cannot read {FOLDER}/"))?;
    for file in listed {
        let name = file?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".html").map(str::to_owned));
    }
    names.sort();
    let sections = names.iter().map(|name| {
        let text = read_text(&folder.join(format!("{name}.html")))?;
        section(&text, snippets, staging, styles).with_context(|| format!("{FOLDER}/{name}.html"))
    });
    sections.collect()
}

fn section(text: &str, snippets: &Path, staging: &Path, styles: &str) -> Result<Section> {
    let mut found = None;
    let html = rewritten(text, "section", |section| {
        let mut take = |name: &str| {
            let value = section.get_attribute(name);
            section.remove_attribute(name);
            value.unwrap_or_default()
        };
        let (title, description) = (take("data-title"), take("data-description"));
        let id = section
            .get_attribute("id")
            .context("a section needs an id")?;
        section.set_attribute("class", if id == CRIB { CRIB } else { "section" })?;
        section.set_attribute("aria-labelledby", &format!("{id}-title"))?;
        if id != CRIB {
            // Seen where a host's page shows this section alone.
            let more = format!(
                "<p class=\"section__more\"><a href=\"./#{id}\" target=\"_blank\" rel=\"noopener\">The whole lesson</a></p>"
            );
            section.append(&more, ContentType::Html);
        }
        let is_apart = section.has_attribute("data-apart");
        section.remove_attribute("data-apart");
        found = Some((id, title, description, is_apart));
        Ok(())
    })?;
    let (id, title, description, is_apart) = found.context("there is no section")?;
    let html = rewritten(&html, "section > h2", |heading| {
        Ok(heading.set_attribute("id", &format!("{id}-title"))?)
    })?;
    let html = rewritten(&html, "data[value]", |data| {
        let asked = data.get_attribute("value").unwrap_or_default();
        data.set_inner_content(&number(&asked)?, ContentType::Text);
        data.remove_and_keep_content();
        Ok(())
    })?;
    let html = rewritten(&html, "[data-figure]", |place| {
        figure(place, &id, snippets, staging, styles)
    })?;
    let heading = text_of(&html, "section > h2")?;
    ensure!(!heading.is_empty(), "a section needs a heading");
    Ok(Section {
        heading,
        html: tightened(&html),
        id,
        title,
        description,
        is_apart,
    })
}

/// Makes a figure's place one in which a stage is mounted when it comes near, with
/// what there is to see without: a still, and its programs in Python.
fn figure(
    place: &mut Element,
    id: &str,
    snippets: &Path,
    staging: &Path,
    styles: &str,
) -> Result<()> {
    let query = place.get_attribute("data-figure").unwrap_or_default();
    let still = place.get_attribute("data-still").unwrap_or(query.clone());
    place.remove_attribute("data-still");
    let caption = posters::write_still(staging, id, &still, styles)?;
    place.set_attribute("class", "figure")?;
    place.set_attribute("data-figure", "")?;
    place.set_attribute("data-expert-chef", &query)?;
    let mut without = format!(
        "<img src=\"./{}{id}.svg\" width=\"760\" height=\"480\" loading=\"lazy\" alt=\"{caption}\"><p>{caption}</p>",
        posters::POSTERS
    );
    let programs = place.get_attribute("data-programs").unwrap_or_default();
    place.remove_attribute("data-programs");
    for program in programs.split_ascii_whitespace() {
        let source = code::plain(snippets, Language::Python, program)?;
        let source = source.replace('&', "&amp;").replace('<', "&lt;");
        without += &format!("{PROGRAM}<code>{source}</code></pre>");
    }
    place.set_inner_content(
        &format!("<noscript>{without}</noscript>"),
        ContentType::Html,
    );
    Ok(())
}

/// What an expression like `sum(dashboard)` comes to, as people read it.
fn number(asked: &str) -> Result<String> {
    let wrong = || anyhow!("“{asked}” is no number that theory knows");
    let (what, rest) = asked.split_once('(').with_context(wrong)?;
    let inner = rest.strip_suffix(')').with_context(wrong)?;
    let mut given = inner.split(',').map(str::trim);
    let scenario = given
        .next()
        .and_then(Scenario::preset)
        .with_context(wrong)?;
    let takes = |strategy: Strategy| {
        let predicted = strategy.predict(&scenario.tasks, &scenario.usual_policy());
        predicted.map(Millis::ms).with_context(wrong)
    };
    let (sum, longest) = (takes(Strategy::Sequential)?, takes(Strategy::Join)?);
    // Work does not overlap: the longest is one task's.
    let longest = if scenario.computes() {
        let tasks = scenario.tasks.iter();
        let work = tasks.filter_map(|task| task.work.compute());
        work.map(Millis::ms).fold(0.0, f64::max)
    } else {
        longest
    };
    let more = given.next();
    Ok(match (what, more) {
        ("sum", None) => seconds(sum),
        ("longest", None) => seconds(longest),
        ("saved", None) => seconds(sum - longest),
        ("ratio", None) => format!("{:.2}", sum / longest),
        ("task", Some(name)) => {
            let task = scenario.tasks.iter().find(|task| task.name == name);
            let behaviour = task.and_then(|task| task.behaviour()).with_context(wrong)?;
            format!("{}\u{a0}ms", behaviour.latency.ms())
        }
        ("hours", Some(calls)) => {
            let calls: f64 = calls.parse().ok().with_context(wrong)?;
            format!("{:.1}\u{a0}hours", (sum - longest) * calls / 3_600_000.0)
        }
        _ => return Err(wrong()),
    })
}

/// `1.2 s`, or `4 s`.
fn seconds(ms: f64) -> String {
    let text = format!("{:.1}", ms / 1000.0);
    format!("{}\u{a0}s", text.strip_suffix(".0").unwrap_or(&text))
}

/// The whole page: the sections where it has a place for them, and its contents.
///
/// # Errors
/// If it has no such place.
pub fn whole(html: &str, sections: &[Section]) -> Result<String> {
    let mut body = String::new();
    let mut contents = String::from("<ol>");
    for section in sections {
        body += &match section.is_apart {
            true => tightened(&section.teaser()),
            false => section.in_lesson(),
        };
        if section.id != CRIB {
            contents += &format!(
                "<li><a href=\"#{}\">{}</a></li>",
                section.id, section.heading
            );
        }
    }
    contents += "</ol>";
    let parts = sections.iter().filter(|section| section.id != CRIB);
    let parts: Vec<_> = parts
        .map(|section| json!({ "@type": "LearningResource", "name": section.heading, "url": format!("./{}.html", section.id) }))
        .collect();
    let html = filled(html, "[data-lesson]", &body)?;
    let html = filled(&html, "[data-contents]", &tightened(&contents))?;
    let title = text_of(&html, "title")?;
    described(&html, &json!({ "name": title, "hasPart": parts }))
}

/// A page with one section alone, from the page with none; its neighbours are a
/// link away.
///
/// # Errors
/// If the page has not what it needs.
pub fn page(html: &str, sections: &[Section], place: usize, site: Option<&str>) -> Result<String> {
    let section = &sections[place];
    let html = filled(html, "[data-lesson]", &section.html)?;
    let neighbour = |at: Option<usize>, rel: &str| {
        let section = at
            .and_then(|at| sections.get(at))
            .filter(|one| one.id != CRIB);
        section.map_or_else(String::new, |section| {
            format!(
                "<a rel=\"{rel}\" href=\"./{}.html\">{}</a>",
                section.id, section.heading
            )
        })
    };
    let links = neighbour(place.checked_sub(1), "prev")
        + "<a href=\"./\">The whole lesson</a>"
        + &neighbour(Some(place + 1), "next");
    let mut html = filled(&html, "[data-contents]", &links)?;
    // Its figure is the main stage, but for the one that stands under that; what
    // is said there of a program that does not come is said here.
    if section.html.contains("data-figure") {
        let late = html
            .split_once(LATE)
            .and_then(|(_, after)| after.split_once("</p>"));
        let (late, _) = late.with_context(|| format!("index.html needs a notice {LATE}…</p>"))?;
        let late = format!("{LATE}{late}</p>");
        let mut figures = 0;
        html = rewritten(&html, "[data-figure]", |figure| {
            figures += 1;
            if figures == 1 {
                figure.append(&late, ContentType::Html);
            }
            Ok(())
        })?;
        html = rewritten(&html, "#stage", |stage| {
            stage.remove();
            Ok(())
        })?;
        html = rewritten(&html, ".skip", |skip| {
            Ok(skip.set_attribute("href", &format!("#{}", section.id))?)
        })?;
    }
    // As www/boot.js has it, and from the first picture on; but what is practised
    // by a script is a list to be read until there is one.
    let html = rewritten(&html, "html", |root| {
        if !section.is_apart {
            root.set_attribute("data-section", &section.id)?;
        }
        Ok(())
    })?;
    let html = rewritten(&html, ".section", |section| {
        Ok(section.set_attribute("data-chosen", "")?)
    })?;
    let html = rewritten(&html, "title", |title| {
        title.set_inner_content(&section.title, ContentType::Text);
        if let Some(site) = site {
            let link = format!(
                "<link rel=\"canonical\" href=\"{site}{}.html\">",
                section.id
            );
            title.after(&link, ContentType::Html);
        }
        Ok(())
    })?;
    let html = rewritten(&html, "meta", |meta| {
        let name = meta
            .get_attribute("name")
            .or_else(|| meta.get_attribute("property"));
        let content = match name.as_deref() {
            Some("description" | "og:description") => &section.description,
            Some("og:title") => &section.title,
            _ => return Ok(()),
        };
        Ok(meta.set_attribute("content", content)?)
    })?;
    described(
        &html,
        &json!({ "name": section.title, "description": section.description }),
    )
}

fn filled(html: &str, selector: &str, content: &str) -> Result<String> {
    let mut places = 0;
    let html = rewritten(html, selector, |place| {
        places += 1;
        place.set_inner_content(content, ContentType::Html);
        Ok(())
    })?;
    ensure!(
        places == 1,
        "index.html needs one place {selector}, and has {places}"
    );
    Ok(html)
}

/// What it is, as search engines read it.
fn described(html: &str, more: &serde_json::Value) -> Result<String> {
    let mut said = json!({
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "inLanguage": "en",
        "isAccessibleForFree": true,
        "learningResourceType": "interactive article",
        "educationalLevel": "junior to senior",
        "teaches": "Running slow calls concurrently in Python, JavaScript and Rust",
    });
    if let (Some(said), Some(more)) = (said.as_object_mut(), more.as_object()) {
        said.extend(more.clone());
    }
    let said = said.to_string().replace('<', "\\u003c");
    let script = format!("<script type=\"application/ld+json\">{said}</script>");
    rewritten(html, "title", |title| {
        title.after(&script, ContentType::Html);
        Ok(())
    })
}

/// The sections that have a page of their own.
pub fn pages(sections: &[Section]) -> impl Iterator<Item = (usize, String)> {
    let sections = sections.iter().enumerate();
    sections
        .filter(|(_, section)| section.id != CRIB)
        .map(|(place, section)| (place, format!("{}.html", section.id)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use super::*;

    #[test]
    fn numbers_are_theorys() {
        for (asked, shown) in [
            ("sum(dashboard)", "2.5\u{a0}s"),
            ("longest(dashboard)", "1.2\u{a0}s"),
            ("saved(dashboard)", "1.3\u{a0}s"),
            ("ratio(dashboard)", "2.08"),
            ("task(dashboard,user)", "500\u{a0}ms"),
            ("sum(two-calls)", "4\u{a0}s"),
            ("longest(two-calls)", "2\u{a0}s"),
            ("hours(dashboard,10000)", "3.6\u{a0}hours"),
            ("sum(cpu)", "1.2\u{a0}s"),
            ("longest(cpu)", "0.6\u{a0}s"),
        ] {
            assert_eq!(number(asked).unwrap(), shown, "{asked}");
        }
        for wrong in [
            "",
            "sum",
            "sum(lunch)",
            "task(dashboard)",
            "task(dashboard,x)",
            "hours(dashboard,x)",
            "product(dashboard)",
        ] {
            assert!(number(wrong).is_err(), "{wrong}");
        }
    }

    /// A number that theory knows is never typed: what looks like a time in the
    /// lesson's own text is a mistake.
    #[test]
    fn no_time_is_typed_in_the_lesson() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/lesson");
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "html") {
                continue;
            }
            let html = fs::read_to_string(&path).unwrap();
            // Of what is to be predicted the answers to choose from are times.
            let html = html.split("<fieldset data-query").next().unwrap();
            let text = text_of(&format!("<main>{html}</main>"), "main").unwrap();
            let words: Vec<&str> = text.split_whitespace().collect();
            for pair in words.windows(2) {
                let number = pair[0].trim_start_matches(|c: char| !c.is_ascii_digit());
                let is_number = number.parse::<f64>().is_ok();
                let unit = pair[1].trim_matches(|c: char| !c.is_alphanumeric());
                let is_unit = ["s", "ms", "seconds", "milliseconds", "hours"].contains(&unit);
                assert!(!(is_number && is_unit), "{path:?}: {pair:?}");
            }
        }
    }
}
