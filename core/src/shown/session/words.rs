//! What is said of a reader's program.

use super::{How, Parts, Session};
use crate::decimal::short;
use crate::text::concat;

/// A million bytes, in which sizes are said.
pub const MEGABYTE: f64 = 1e6;

/// What it is at, in a sentence.
#[must_use]
pub fn said(session: &Session) -> String {
    if session.is_running() {
        return "It runs.".into();
    }
    let name = session.language().title();
    match session.parts() {
        Parts::Missing(why) => return why.clone(),
        Parts::Unasked => return concat(&[name, " is fetched as soon as you are here."]),
        Parts::Coming(loaded, total) => return coming(name, *loaded, *total),
        Parts::Here => {}
    }
    if session.is_due() {
        return concat(&[name, " is starting, and then it runs."]);
    }
    let Some(run) = session.run() else {
        return match session.word() {
            "loading" => concat(&[name, " is starting."]),
            _ => concat(&[name, " is ready."]),
        };
    };
    let Some(end) = &run.end else {
        return String::new();
    };
    let took = end.took.spoken();
    let how = match end.how {
        How::Ok => "It took ",
        How::Raised => "It ended with an exception after ",
        How::Exit => "It ended itself after ",
        How::Stopped => "You stopped it after ",
        How::Limit => "It was ended at a limit after ",
        How::Deadlock => "It can never go on; it was ended after ",
        How::Broken => "The interpreter failed after ",
    };
    let mut said = concat(&[how, &took, "."]);
    if !end.left.is_empty() {
        said += " Threads left behind: ";
        said += &crate::text::join(
            &end.left.iter().map(String::as_str).collect::<Vec<_>>(),
            ", ",
        );
        said.push('.');
    }
    said
}

fn coming(name: &str, loaded: f64, total: f64) -> String {
    if total <= 0.0 {
        return concat(&[name, " is on its way."]);
    }
    let megabytes = |bytes: f64| short((bytes / MEGABYTE * 10.0).round() / 10.0);
    concat(&[
        name,
        " is on its way: ",
        &megabytes(loaded),
        " of ",
        &megabytes(total),
        " MB.",
    ])
}
