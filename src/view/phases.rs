//! What the network did, where the browser told: a legend of the phases that
//! the lanes show, each call's phases in words, and what follows from the
//! connections that a host gets.

use expert_chef_core::asked::hosts::PER_HOST;
use expert_chef_core::markup::{Element, html, svg};
use expert_chef_core::millis::Millis;
use expert_chef_core::recorded::phases::Phases;
use expert_chef_core::recorded::recording::Recording;
use expert_chef_core::recorded::timeline::Attempt;
use expert_chef_core::text::parts;

/// How high a swatch of the legend is.
const SWATCH: f64 = 12.0;

/// What some stretches of the lanes look like.
#[must_use]
pub fn legend(of: &[(&'static str, f64, &'static str)]) -> Element {
    let mut list = html("ul").class("legend").attr("data-part", "legend");
    for &(class, part, name) in of {
        let line = svg("path")
            .class(class)
            .attr("d", "M0 6H24")
            .num("stroke-width", SWATCH * part);
        let swatch = svg("svg")
            .attr("width", "24")
            .num("height", SWATCH)
            .attr("aria-hidden", "true")
            .child(line);
        list = list.child(html("li").child(swatch).text(name));
    }
    list
}

/// Into what an attempt's time went, for the table; nothing where the browser
/// did not tell.
#[must_use]
pub fn breakdown(attempt: Option<&Attempt>) -> String {
    let Some((phases, started)) = attempt.and_then(|one| Some((one.phases?, one.started))) else {
        return String::new();
    };
    let mut said = String::new();
    for (name, time) in times(&phases, started) {
        if !said.is_empty() {
            said += ", ";
        }
        said += &format!("{name} {time}");
    }
    said
}

/// The phases by name; the server's own time only where it told.
fn times(phases: &Phases, started: Millis) -> impl Iterator<Item = (&'static str, Millis)> {
    let lasted = |from: Millis, to: Millis| Some((to - from).max(Millis::ZERO));
    let times = [
        ("stalled", lasted(started, phases.unstalled)),
        ("connecting", lasted(phases.unstalled, phases.sent)),
        ("waiting", lasted(phases.sent, phases.first_byte)),
        ("of it the server", phases.server),
        ("receiving", lasted(phases.first_byte, phases.ended)),
    ];
    times
        .into_iter()
        .filter_map(|(name, time)| Some((name, time?)))
}

/// What a reader of the lanes should know about the hosts.
#[must_use]
pub fn notes(recording: &Recording) -> Vec<Element> {
    let mut notes = Vec::new();
    if let Some((host, calls)) = recording.crowded() {
        let mut note = format!(
            "{} speaks HTTP/1.1, where each connection carries one call at a time, and a browser \
             opens at most {PER_HOST} connections to one host. So of these {calls} calls \
             {PER_HOST} burners are all there are: the others are stalled in the browser until \
             one is free, however many the program has sent. Over HTTP/2 one connection would \
             carry them all.",
            // Who reads it knows hosts without their scheme.
            parts(host, b'/').get(2).unwrap_or(&host)
        );
        if !recording.foresaw_crowd() {
            note += " The prediction above was made before this was known; that of the next run \
                     reckons with it.";
        }
        notes.push(note);
    }
    if recording.hides_timing() {
        notes.push(
            "A host does not let this page see into what its time went (the header \
             Timing-Allow-Origin would), so its lanes show whole calls."
                .into(),
        );
    }
    let note = |sentence| html("p").class("verdict__note").text(sentence);
    notes.into_iter().map(note).collect()
}
