//! The programs beside the kitchens: each line that is executing at the moment
//! that is shown is marked, and a line that is chosen goes to its own moment.
//!
//! A column needs some 46 characters before it scrolls. It is as high whatever
//! happens, so that nothing moves while a program runs.

use expert_chef_core::asked::language;
use expert_chef_core::decimal;
use expert_chef_core::markup::{Element, Memo, html};
use expert_chef_core::millis::Millis;
use expert_chef_core::recorded::timeline::Timeline;
use expert_chef_core::shown::listing::{Code, Language, Line, Listing, Style};
use expert_chef_core::shown::stage::Stage;
use expert_chef_core::shown::words;
use expert_chef_core::text::concat;

use crate::view::bar::chip;
use crate::view::log::upwards;

/// A program as last drawn, by the stage's
/// [revision](expert_chef_core::shown::stage::Stage::revision), how much was
/// recorded and which of its lines were executing; and its lines.
#[derive(Debug, Default)]
pub struct CodeCache {
    column: Memo<(u32, usize, Vec<usize>)>,
    lines: Vec<LineCache>,
}

/// A line, by the stage's revision, its moment, and whether it is executing and is
/// where Tab stops: of a program that runs two or three change at a time.
type LineCache = Memo<(u32, Option<Millis>, bool, bool)>;

/// The programs, each at its own time.
#[must_use]
pub fn code(stage: &Stage, times: &[Millis], caches: &mut Vec<CodeCache>) -> Element {
    let runs = stage.drawn().runs();
    caches.resize_with(runs.len(), CodeCache::default);
    let mut columns = html("div")
        .class("code__columns")
        .flag("data-scrolls", true);
    for (kitchen, ((run, &at), cache)) in runs.iter().zip(times).zip(caches).enumerate() {
        let timeline = run.timeline();
        let lit = stage
            .listing(kitchen)
            .map(|listing| listing.lines_at(timeline, at));
        let key = (
            stage.revision(),
            timeline.events().len(),
            lit.unwrap_or_default(),
        );
        let lit = key.2.clone();
        let CodeCache { column, lines } = cache;
        columns = columns.child(column.get(key, || program(stage, kitchen, timeline, &lit, lines)));
    }
    html("section")
        .class("code")
        .attr("data-part", "code")
        .attr("aria-label", "In code")
        .child(languages(stage.language()))
        .child(columns)
}

fn languages(current: Language) -> Element {
    let mut choice = html("div")
        .class("chips")
        .attr("role", "group")
        .attr("aria-label", "Language");
    for language in Language::ALL {
        let name = language.name();
        choice = choice.child(chip("language", name, name.into(), language == current));
    }
    choice
}

fn program(
    stage: &Stage,
    kitchen: usize,
    timeline: &Timeline,
    lit: &[usize],
    lines: &mut Vec<LineCache>,
) -> Element {
    let title = stage.drawn().runs().get(kitchen);
    let title = title.map_or("".into(), |run| words::title_of(run.provenance()));
    let head = html("div")
        .class("listing__head")
        .child(html("h3").class("listing__title").text(title));
    let column = html("div")
        .class("listing")
        .attr("data-kitchen", kitchen.to_string());
    let Some(listing) = stage.listing(kitchen) else {
        let reason = match stage.code() {
            Code::Unknown => "Fetching the program…",
            Code::Missing => "The programs could not be loaded. Choose the language to try again.",
            Code::Here(_) => "There is no program for this.",
        };
        return column
            .child(head)
            .child(html("p").class("listing__says").text(reason));
    };
    let copy = html("button")
        .class("listing__copy")
        .attr("type", "button")
        .attr("data-action", "copy")
        .text("Copy");
    // On a page of its own, where it is the reader's to change.
    let spoken = match stage.language() {
        Language::Python => Some(language::Language::Python),
        Language::JavaScript => Some(language::Language::JavaScript),
        Language::Rust => None,
    };
    let run = spoken.filter(|one| one.runs(&listing.name)).map(|one| {
        let (page, word) = ("./exercise.html?snippet=", one.word());
        let to = concat(&[page, &listing.name, "&language=", word]);
        html("a")
            .class("listing__copy")
            .attr("href", to)
            .attr("target", "_blank")
            .attr("rel", "noopener")
            .text("Run it here")
    });
    column
        .child(head.children(run).child(copy))
        .child(source(listing, timeline, lit, stage.revision(), lines))
        .child(html("p").class("listing__says").text(said(listing, lit)))
}

/// What is to be said of the line that executes, or of the program.
fn said(listing: &Listing, lit: &[usize]) -> String {
    let lines = lit.iter().rev().filter_map(|&line| listing.lines.get(line));
    let mut said = lines.map(|line| &line.says).filter(|says| !says.is_empty());
    said.next().unwrap_or(&listing.note).clone()
}

fn source(
    listing: &Listing,
    timeline: &Timeline,
    lit: &[usize],
    revision: u32,
    caches: &mut Vec<LineCache>,
) -> Element {
    let mut source = html("code");
    // One stop for Tab: the keys that step through the events move it.
    let firsts: Vec<_> = listing
        .lines
        .iter()
        .map(|line| line.first(timeline))
        .collect();
    let stop = match lit
        .iter()
        .find(|&&line| firsts.get(line).is_some_and(Option::is_some))
    {
        Some(&line) => Some(line),
        None => firsts.iter().position(Option::is_some),
    };
    caches.resize_with(listing.lines.len(), LineCache::default);
    let lines = listing.lines.iter().zip(&firsts).zip(caches).enumerate();
    for (index, ((content, &first), cache)) in lines {
        let (is_lit, is_stop) = (lit.contains(&index), stop == Some(index));
        let key = (revision, first, is_lit, is_stop);
        source = source.child(cache.get(key, || line(content, first, is_lit, is_stop)));
    }
    html("pre")
        .class("listing__source")
        .attr("data-line", "program")
        // It may scroll, and has nothing in it for keys to reach.
        .maybe("tabindex", stop.is_none().then_some("0"))
        .child(source)
}

/// A line; one that executes at some moment leads there.
fn line(line: &Line, first: Option<Millis>, is_lit: bool, is_stop: bool) -> Element {
    let (tag, class) = match (first, is_lit) {
        (Some(_), true) => ("button", "listing__line listing__line--goes is-lit"),
        (Some(_), false) => ("button", "listing__line listing__line--goes"),
        (None, true) => ("span", "listing__line is-lit"),
        (None, false) => ("span", "listing__line"),
    };
    let mut drawn = html(tag).class(class);
    if let Some(first) = first {
        drawn = drawn
            .attr("type", "button")
            .attr("data-action", "seek")
            .attr("data-at", decimal::short(upwards(first)))
            .attr("tabindex", if is_stop { "0" } else { "-1" })
            .maybe("aria-current", is_lit.then_some("true"));
    }
    for (style, piece) in &line.pieces {
        let class = match style {
            Style::Plain => {
                drawn = drawn.text(piece.clone());
                continue;
            }
            Style::Keyword => "listing__keyword",
            Style::Literal => "listing__literal",
            Style::Comment => "listing__comment",
            Style::Name => "listing__name",
        };
        drawn = drawn.child(html("span").class(class).text(piece.clone()));
    }
    drawn.text("\n")
}
