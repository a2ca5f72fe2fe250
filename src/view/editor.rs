//! The calls of the scenario, to be changed: a row for each, and what can be
//! done with it. It needs 16 rem.

use expert_chef_core::asked::editor::{Editor, Field, LISTED};
use expert_chef_core::asked::scenario::Task;
use expert_chef_core::markup::{Element, Text, html};

/// How services can be asked to misbehave, as links write it and as people say.
const FAULTS: &[(&str, &str)] = &[
    ("", "none"),
    ("500", "HTTP 500"),
    ("503*2", "HTTP 503 twice"),
    ("malformed", "malformed JSON"),
    ("drop", "connection dropped"),
    ("hang", "never answers"),
    ("slow-body", "slow body"),
];

/// The calls, to be changed.
#[must_use]
pub fn editor(editor: &Editor) -> Element {
    let mut rows = html("div")
        .class("editor__rows")
        // Of many calls a few are seen; what scrolls must be within the
        // keyboard's reach.
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", "Calls")
        .flag("data-scrolls", true);
    for (index, task) in editor.tasks().iter().take(LISTED).enumerate() {
        rows = rows.child(row(editor, index, task));
    }
    let left = editor.tasks().len().saturating_sub(LISTED);
    html("div")
        .class("editor")
        .attr("data-part", "editor")
        .child(html("h3").class("drawer__heading").text("The calls"))
        .child(rows)
        .children((left > 0).then(|| {
            html("p").class("editor__more").text(format!(
                "And {left} more, which tasks= in this page's address can change."
            ))
        }))
        .child(
            html("div")
                .class("editor__foot")
                .child(button("add", 0, "Add a call").flag("disabled", !editor.can_add()))
                .child(button("undo", 0, "Undo").flag("disabled", !editor.can_undo())),
        )
}

fn row(editor: &Editor, index: usize, task: &Task) -> Element {
    let place = index + 1;
    let row = html("div")
        .class("editor__row")
        .attr("role", "group")
        .attr("aria-label", format!("Call {place}: {}", task.name))
        .child(field(editor, index, Field::Name));
    let is_endpoint = task.endpoint().is_some();
    let behaviour = task.behaviour();
    let latency = behaviour.map_or(0.0, |behaviour| behaviour.latency.ms());
    let fault = behaviour.and_then(|behaviour| behaviour.fault);
    let row = row
        .child(field(editor, index, Field::Latency))
        .child(or_nothing((!is_endpoint).then(|| slider(index, latency))))
        .child(or_nothing(
            (!is_endpoint).then(|| field(editor, index, Field::Jitter)),
        ))
        .child(field(editor, index, Field::Compute))
        .child(or_nothing((!is_endpoint || behaviour.is_some()).then(
            || {
                faults(
                    index,
                    behaviour.is_some(),
                    fault.map(|fault| fault.to_string()),
                )
            },
        )))
        .child(field(editor, index, Field::Address));
    let count = editor.tasks().len();
    row.child(
        html("div")
            .class("editor__actions")
            .child(named("up", index, "↑", "Move up", task).flag("disabled", index == 0))
            .child(named("down", index, "↓", "Move down", task).flag("disabled", place == count))
            .child(field(editor, index, Field::Times))
            .child(
                named("repeat", index, "Repeat", "Repeat", task)
                    .attr("data-value", editor.text(index, Field::Times))
                    .flag("disabled", !editor.can_add()),
            )
            .child(named("remove", index, "Remove", "Remove", task).flag("disabled", count == 1)),
    )
}

/// A field, or something that keeps its place in the tree: whoever is typing in
/// the field after it must not lose it.
fn or_nothing(field: Option<Element>) -> Element {
    field.unwrap_or_else(|| html("span").flag("hidden", true))
}

/// A field of text, so that what is no number stays there to be corrected.
/// What is wrong with it stands in its label, so that it is read out with it.
fn field(editor: &Editor, index: usize, field: Field) -> Element {
    let (class, edit, label, mode) = match field {
        Field::Name => ("field editor__name", "rename", "Name", "text"),
        Field::Latency => ("field editor__number", "latency", "Latency, ms", "decimal"),
        Field::Jitter => ("field editor__number", "jitter", "Jitter ±, ms", "decimal"),
        Field::Compute => (
            "field editor__number editor__work",
            "compute",
            "Work, ms",
            "decimal",
        ),
        Field::Times => ("field editor__times", "times", "Times in all", "numeric"),
        Field::Address => ("field editor__address", "address", "Address", "url"),
    };
    let label = match field {
        Field::Latency if editor.is_endpoint(index) => "Expected ms",
        _ => label,
    };
    let placeholder = match field {
        Field::Address => Some("https://…"),
        Field::Latency if editor.calls(index) => Some("unknown"),
        Field::Latency | Field::Compute => Some("none"),
        _ => None,
    };
    let error = editor.error(index, field);
    html("label")
        .class(class)
        .child(html("span").class("field__label").text(label))
        .child(
            input(edit, index)
                .attr("type", "text")
                .attr("inputmode", mode)
                .attr("autocomplete", "off")
                .maybe("placeholder", placeholder)
                .attr("spellcheck", "false")
                .maybe("aria-invalid", error.map(|_| "true"))
                .attr(".value", editor.text(index, field)),
        )
        .children(error.map(|error| html("span").class("editor__error").text(error.sentence())))
}

/// The quick way to a latency; longer ones are typed.
fn slider(index: usize, latency: f64) -> Element {
    html("label")
        .class("field editor__slider")
        .child(html("span").class("field__label").text("Latency, 0 to 5 s"))
        .child(
            input("latency", index)
                .attr("type", "range")
                .attr("min", "0")
                .attr("max", "5000")
                .attr("step", "50")
                .num(".value", latency),
        )
}

fn input(edit: &'static str, index: usize) -> Element {
    html("input")
        .class("field__input")
        .attr("data-input", "edit")
        .attr("data-edit", edit)
        .attr("data-index", index.to_string())
}

fn faults(index: usize, calls: bool, current: Option<String>) -> Element {
    let current = current.unwrap_or_default();
    let mut select = html("select")
        .class("field__input")
        .attr("data-input", "edit")
        .attr("data-edit", "fault")
        .attr("data-index", index.to_string())
        .flag("disabled", !calls);
    let mut is_listed = false;
    for &(fault, words) in FAULTS {
        is_listed |= fault == current;
        select = select.child(option(fault.into(), words.into()));
    }
    if !is_listed {
        select = select.child(option(current.clone().into(), current.clone().into()));
    }
    html("label")
        .class("field editor__fault")
        .child(html("span").class("field__label").text("Fault"))
        .child(select.attr(".value", current))
}

fn option(value: Text, words: Text) -> Element {
    html("option").attr("value", value).text(words)
}

fn button(edit: &'static str, index: usize, label: &'static str) -> Element {
    html("button")
        .class("editor__button")
        .attr("type", "button")
        .attr("data-action", "edit")
        .attr("data-edit", edit)
        .attr("data-index", index.to_string())
        .text(label)
}

/// A button that says to whoever cannot see its row which call it is about.
fn named(
    edit: &'static str,
    index: usize,
    label: &'static str,
    verb: &'static str,
    task: &Task,
) -> Element {
    button(edit, index, label).attr("aria-label", format!("{verb}: {}", task.name))
}
