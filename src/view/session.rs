//! A reader's program: what runs it and says what it is at, what it has written,
//! and its lines, each with the threads that are at it.

use expert_chef_core::asked::language::Language;
use expert_chef_core::decimal::short;
use expert_chef_core::markup::{Element, html};
use expert_chef_core::millis::Millis;
use expert_chef_core::run::told::Stream;
use expert_chef_core::shown::lanes::Axis;
use expert_chef_core::shown::session::{How, Parts, Run, Session, said};
use expert_chef_core::shown::threads::{mark, threads};
use expert_chef_core::written::FILES;

use crate::view::bar::truth;
use crate::view::guest::{guest, link};

/// How much of what was written is shown, in bytes: the last of it.
const MOST_TEXT: usize = 100_000;

/// How many lines of it: browsers lay each out.
const MOST_WRITTEN: usize = 5_000;

/// How many lines of a program are shown beside its output.
const MOST_LINES: usize = 2_000;

/// The exercises, and what is to be done in the one that is on.
#[must_use]
pub fn exercises(session: &Session) -> Element {
    let on = session.exercise().map(|one| &*one.name);
    let mut choice = html("div")
        .class("chips")
        .attr("role", "group")
        .attr("aria-label", "Exercises");
    for (exercise, is_passed) in session.exercises() {
        let is_on = on == Some(&*exercise.name);
        let mut chip = html("button")
            .class("chip")
            .attr("type", "button")
            .attr("data-action", "exercise")
            .attr("data-value", exercise.name.clone())
            .attr("aria-pressed", truth(is_on))
            .text(exercise.title.clone());
        if is_passed {
            chip = chip
                .child(html("span").attr("aria-hidden", "true").text(" ✓"))
                .child(html("span").class("visually-hidden").text(", passed"));
        }
        choice = choice.child(chip);
    }
    let mut drawn = html("div")
        .class("session__exercises")
        .child(languages(session))
        .child(choice);
    for problem in [session.unspoken(), session.problem()]
        .into_iter()
        .flatten()
    {
        drawn = drawn.child(
            html("p")
                .class("notice")
                .attr("role", "alert")
                .text(problem.to_owned()),
        );
    }
    let Some(exercise) = session.exercise() else {
        return drawn;
    };
    drawn
        .child(html("p").class("session__task").text(exercise.task.clone()))
        .child(guest(session))
}

/// The language in which the reader writes.
fn languages(session: &Session) -> Element {
    let mut choice = html("div")
        .class("chips")
        .attr("role", "group")
        .attr("aria-label", "Language");
    for language in Language::ALL {
        let chip = html("button")
            .class("chip")
            .attr("type", "button")
            .attr("data-action", "language")
            .attr("data-value", language.word())
            .attr("aria-pressed", truth(language == session.language()))
            .text(language.title());
        choice = choice.child(chip);
    }
    choice
}

/// What is to be said of the last run: what was checked, what was seen, and what
/// would be asked next.
#[must_use]
pub fn verdict(session: &Session) -> Element {
    let drawn = html("div").class("session__verdict");
    let Some(verdict) = session.verdict() else {
        return drawn;
    };
    if verdict.checks.is_empty() && verdict.notes.is_empty() {
        return drawn;
    }
    let title = match (verdict.is_passed(), verdict.checks.is_empty()) {
        (_, true) => "What was seen",
        (true, _) => "Passed",
        (false, _) => "Not yet",
    };
    let mut list = html("ul").class("session__checks");
    for checked in &verdict.checks {
        let (class, sign, word) = match checked.is_passed {
            true => ("is-passed", "✓", "Passed: "),
            false => ("is-failed", "✗", "Failed: "),
        };
        list = list.child(
            html("li")
                .class(class)
                .attr("data-check", checked.check.word())
                .child(
                    html("span")
                        .class("session__sign")
                        .attr("aria-hidden", "true")
                        .text(sign),
                )
                .child(html("span").class("visually-hidden").text(word))
                .text(checked.says.clone()),
        );
    }
    let mut drawn = drawn.child(
        html("section")
            .class("notice")
            .attr("data-part", "verdict")
            .attr("data-passed", truth(verdict.is_passed()))
            .attr("data-language", verdict.language.word())
            .attr("aria-label", "Verdict")
            .child(
                html("h3")
                    .attr("tabindex", "-1")
                    .text([title, ", in ", verdict.language.title()].concat()),
            )
            .child(list)
            .children(
                verdict
                    .notes
                    .iter()
                    .map(|note| html("p").text(note.clone())),
            ),
    );
    if !verdict.next.is_empty() {
        drawn = drawn.child(
            html("p")
                .class("session__next")
                .child(html("b").text("An interviewer would ask next: "))
                .text(verdict.next.clone()),
        );
    }
    drawn
}

/// What can be taken away of a run that is over.
#[must_use]
pub fn files(session: &Session) -> Element {
    let drawn = html("div");
    let over = session.run().filter(|run| run.end.is_some());
    if over.is_none_or(|run| run.program.steps() == 0) {
        return drawn;
    }
    let files = FILES.map(|(file, label)| {
        html("button")
            .class("editor__button")
            .attr("type", "button")
            .attr("data-action", "export")
            .attr("data-value", file)
            .text(label)
    });
    drawn.child(
        html("details")
            .class("session__model")
            .child(html("summary").text("Take it away"))
            .child(html("div").class("share__buttons").children(files))
            .child(html("p").class("compare__note").text(
                "The kitchens as they are at the playhead, the whole timeline, the figures, \
                 and a trace that Perfetto and speedscope open. None of them has your program \
                 in it.",
            )),
    )
}

/// The model answers of the exercise that is on.
#[must_use]
pub fn models(session: &Session) -> Element {
    let mut drawn = html("div").class("session__models");
    let Some(exercise) = session.exercise() else {
        return drawn;
    };
    for (level, title) in [
        ("junior", "A junior’s answer"),
        ("senior", "A senior’s answer"),
    ] {
        let language = session.language();
        let Some(program) = exercise.file(&language.program(level)) else {
            continue;
        };
        let says = exercise.said_of(level, language).unwrap_or_default();
        drawn = drawn.child(
            html("details")
                .class("session__model")
                .attr("data-level", level)
                .child(html("summary").text(title))
                .child(html("p").text(says.trim().to_owned()))
                .child(
                    html("pre")
                        .attr("tabindex", "0")
                        .child(html("code").text(program.to_owned())),
                )
                .child(
                    html("button")
                        .class("button button--quiet")
                        .attr("type", "button")
                        .attr("data-action", "take")
                        .attr("data-value", level)
                        .text("Put it into the editor"),
                ),
        );
    }
    drawn
}

/// What runs the program, or stops it, and what it is at.
#[must_use]
pub fn controls(session: &Session) -> Element {
    let (action, word) = match session.is_running() || session.is_due() {
        true => ("Stop", "button session__stop"),
        false => ("Run", "button button--primary"),
    };
    let button = html("button")
        .class(word)
        .attr("type", "button")
        .attr("data-action", "answer")
        .text(action);
    let mut controls = html("div").class("session__controls").child(button);
    if session.exercise().is_some() {
        controls = controls
            .child(
                html("button")
                    .class("button button--quiet")
                    .attr("type", "button")
                    .attr("data-action", "begin")
                    .text("Start over"),
            )
            .child(
                html("button")
                    .class("button button--quiet")
                    .attr("type", "button")
                    .attr("data-action", "share")
                    .text("Copy a link to this program"),
            );
    }
    if let Parts::Coming(loaded, total) = session.parts()
        && *total > 0.0
    {
        controls = controls.child(
            html("progress")
                .attr("aria-label", session.language().title())
                .attr("max", short(*total))
                .attr("value", short(*loaded)),
        );
    }
    let controls = controls.child(
        html("p")
            .class("session__says")
            .attr("role", "status")
            .text(said(session)),
    );
    let controls = match (session.language(), session.parts()) {
        // Every browser that shows this page has it.
        (Language::Python, Parts::Missing(_)) => controls.child(
            html("button")
                .class("button")
                .attr("type", "button")
                .attr("data-action", "language")
                .attr("data-value", Language::JavaScript.word())
                .text("Use JavaScript"),
        ),
        _ => controls,
    };
    controls.child(link(session))
}

/// What it has written and its lines, as they were at that time of its run.
#[must_use]
pub fn outcome(session: &Session, at: Millis) -> Element {
    let outcome = html("div").class("session__outcome");
    let Some(run) = session.run() else {
        return outcome;
    };
    let outcome = outcome.child(output(run, at)).child(lines(run, at));
    // The threads of one that calls nothing have no kitchen to stand below.
    match run.program.steps() {
        0 => {
            let end = run.end.as_ref();
            let axis = end.map_or_else(|| Axis::roomy(at), |end| Axis::fitting(end.took));
            outcome.child(threads(&run.program, axis, at))
        }
        _ => outcome,
    }
}

fn output(run: &Run, at: Millis) -> Element {
    let mut pieces: Vec<(Stream, String)> = Vec::new();
    let mut add = |stream: Stream, text: &str| match pieces.last_mut() {
        Some((last, known)) if *last == stream => known.push_str(text),
        _ => pieces.push((stream, text.to_owned())),
    };
    for one in run.program.written() {
        if one.at <= at {
            add(one.stream, &one.text);
        }
    }
    let end = run.end.as_ref().filter(|end| end.took <= at);
    if let Some(end) = end
        && end.how != How::Stopped
        && !end.says.is_empty()
    {
        add(Stream::Error, &end.says);
    }
    let (mut room, mut rest) = (MOST_TEXT, MOST_WRITTEN);
    let mut first = pieces.len();
    while first > 0 && room > 0 {
        first -= 1;
        let text = &mut pieces[first].1;
        if text.len() > room {
            let from = (text.len() - room..=text.len()).find(|&from| text.is_char_boundary(from));
            text.drain(..from.unwrap_or_default());
        }
        if let Some((end, _)) = text.rmatch_indices('\n').nth(rest) {
            text.drain(..=end);
            room = 0;
        }
        rest -= text.matches('\n').count().min(rest);
        room -= text.len().min(room);
    }
    let mut output = html("pre")
        .class("session__output")
        .attr("data-part", "output")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", "What it wrote");
    for (stream, text) in pieces.drain(first..) {
        let class = match stream {
            Stream::Output => "",
            Stream::Error => "session__error",
        };
        output = output.child(html("span").class(class).text(text));
    }
    output
}

fn lines(run: &Run, at: Millis) -> Element {
    let mut code = html("code");
    let failed = run.end.as_ref().filter(|end| end.took <= at);
    let failed = failed.and_then(|end| end.line);
    let lit = run.program.lines_at(at);
    for (line, number) in run.source.lines().take(MOST_LINES).zip(1..) {
        let here = lit.iter().filter(|(lit, _)| *lit == number);
        let here: Vec<usize> = here.map(|(_, thread)| *thread).collect();
        let is_failed = failed == Some(number);
        let class = match (is_failed, here.is_empty()) {
            (true, _) => "listing__line is-failed",
            (false, false) => "listing__line is-lit",
            (false, true) => "listing__line",
        };
        let mut marks = html("span").class("session__marks");
        for thread in here {
            marks = marks.child(mark(thread));
        }
        code = code.child(html("span").class(class).child(marks).text(line.to_owned()));
    }
    html("pre")
        .class("listing__source session__lines")
        .attr("data-part", "lines")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", "Which lines execute")
        .child(code)
}
