//! The share panel: the lines by which a stage is passed on, each to be copied
//! and to be seen at work, and the files that can be taken away.

use expert_chef_core::asked::link::Line;
use expert_chef_core::markup::{Element, html};
use expert_chef_core::shown::stage::{Stage, State};
use expert_chef_core::written;

/// The panel.
#[must_use]
pub fn share(stage: &Stage) -> Element {
    let mut panel = html("div").class("share");
    for line in Line::ALL {
        panel = panel.child(passage(stage, line));
    }
    let state = stage.state();
    let files = written::FILES.map(|(file, label)| {
        button(label, "export", file).flag("disabled", !written::is_there(state, file))
    });
    panel
        .child(html("h3").class("share__heading").text("Files"))
        .child(html("div").class("share__buttons").children(files))
        .child(html("p").class("compare__note").text(note(state)))
        .child(
            html("p")
                .class("compare__note share__said")
                .text(stage.share().said().clone()),
        )
}

/// A line with what can be done with it.
fn passage(stage: &Stage, line: Line) -> Element {
    let (config, page) = (stage.config(), stage.share().page());
    let (heading, copy, preview) = match line {
        Line::Link => ("A link", "Copy link", "Preview link"),
        Line::Frame => (
            "On a page of your own, without a script",
            "Copy iframe",
            "Preview iframe",
        ),
        Line::Element => (
            "On a page of your own, as high as it needs to be",
            "Copy element",
            "Preview element",
        ),
    };
    let is_shown = stage.share().preview() == Some(line);
    // What stands before it is a script, which www/share.js loads.
    let shown = line.elements(config, page).pop().filter(|_| is_shown);
    html("div")
        .class("share__line")
        .child(html("h3").class("share__heading").text(heading))
        .child(
            html("pre")
                .attr("data-line", line.word())
                .child(html("code").text(line.text(config, page))),
        )
        .child(
            html("div")
                .class("share__buttons")
                .child(button(copy, "copy", line.word()))
                .child(
                    button(preview, "preview", line.word())
                        .attr("aria-expanded", if is_shown { "true" } else { "false" }),
                ),
        )
        .children(shown.map(|shown| html("div").class("share__preview").child(shown)))
}

fn button(label: &'static str, action: &'static str, value: &'static str) -> Element {
    html("button")
        .class("editor__button")
        .attr("type", "button")
        .attr("data-action", action)
        .attr("data-value", value)
        .text(label)
}

/// What the files are, or why there are none yet.
fn note(state: State) -> &'static str {
    match state {
        State::Loading | State::Ready => "Run first: there is nothing to take away yet.",
        State::Running | State::Asked => "Result and trace can be had when all is over.",
        State::Finished | State::Failed => {
            "The kitchens as they are at the playhead, the whole timeline, the figures, and a \
             trace that Perfetto and speedscope open."
        }
    }
}
