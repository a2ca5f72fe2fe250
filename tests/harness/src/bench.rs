//! What the page is measured by: a section for each kind of figure, and a
//! table that sets what was measured beside what was asked for.

mod embed;
mod frames;
mod lesson;
mod lighthouse;
mod memory;
mod overhead;
mod processor;
mod programs;
mod report;
mod rest;
mod strategies;
mod streaming;
mod weight;

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use futures::future::LocalBoxFuture;

pub use report::{Asked, Report, Row, Unit, Verdict};

/// Measures one kind of figure on the page in this folder.
type Section = for<'a> fn(&'a Path) -> LocalBoxFuture<'a, Result<Vec<Row>>>;

/// Every section, by the name under which it can be asked for. Their order is
/// the table's.
const SECTIONS: &[(&str, Section)] = &[
    ("overhead", |dist| Box::pin(overhead::measure(dist))),
    ("strategies", |dist| Box::pin(strategies::measure(dist))),
    ("streaming", |dist| Box::pin(streaming::measure(dist))),
    ("processor", |dist| Box::pin(processor::measure(dist))),
    ("programs", |dist| Box::pin(programs::measure(dist))),
    ("weight", |dist| Box::pin(weight::measure(dist))),
    ("embed", |dist| Box::pin(embed::measure(dist))),
    ("rest", |dist| Box::pin(rest::measure(dist))),
    ("frames", |dist| Box::pin(frames::measure(dist))),
    ("lesson", |dist| Box::pin(lesson::measure(dist))),
    ("memory", |dist| Box::pin(memory::measure(dist))),
    ("lighthouse", |dist| Box::pin(lighthouse::measure(dist))),
];

/// Measures the sections of these names, or all if there are none.
///
/// # Errors
/// If a section is unknown, or cannot measure because the page does not work.
pub async fn measure(dist: &Path, names: &[String]) -> Result<Report> {
    let known: Vec<&str> = SECTIONS.iter().map(|(name, _)| *name).collect();
    if let Some(unknown) = names.iter().find(|name| !known.contains(&name.as_str())) {
        bail!(
            "there is no section “{unknown}”; there are {}",
            known.join(", ")
        );
    }
    let mut report = Report::default();
    for (name, section) in SECTIONS {
        if names.is_empty() || names.iter().any(|wanted| wanted == name) {
            eprintln!("measuring {name} …");
            let rows = section(dist).await;
            report.add(
                name,
                rows.with_context(|| format!("cannot measure {name}"))?,
            );
        }
    }
    Ok(report)
}

/// A row of the middle one of these figures, which says how far they spread.
fn middle(what: &str, figures: &mut [f64], unit: Unit, asked: Asked) -> Row {
    let measured = median(figures);
    let ends = figures.first().zip(figures.last());
    let note = ends.map_or_else(String::new, |(least, most)| {
        let (least, most) = (unit.show(*least), unit.show(*most));
        format!("median of {}, from {least} to {most}", figures.len())
    });
    Row {
        what: what.into(),
        measured,
        unit,
        asked,
        note,
    }
}

/// The middle one of these figures.
fn median(figures: &mut [f64]) -> f64 {
    figures.sort_by(f64::total_cmp);
    let upper = figures.len() / 2;
    match figures {
        [] => f64::NAN,
        _ if figures.len().is_multiple_of(2) => f64::midpoint(figures[upper - 1], figures[upper]),
        _ => figures[upper],
    }
}

/// The figure that so many percent of them do not exceed: one of them, and the
/// greatest for 100.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a place among these figures"
)]
fn percentile(figures: &mut [f64], percent: f64) -> f64 {
    figures.sort_by(f64::total_cmp);
    let place = (figures.len() as f64 * percent / 100.0).ceil() as usize;
    figures.get(place.max(1) - 1).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::{median, percentile};

    #[test]
    #[expect(clippy::float_cmp, reason = "these figures are exact")]
    fn a_percentile_is_one_of_the_figures() {
        let mut figures: Vec<f64> = (1..=40).rev().map(f64::from).collect();
        assert_eq!(percentile(&mut figures, 95.0), 38.0);
        assert_eq!(percentile(&mut figures, 100.0), 40.0);
        assert_eq!(percentile(&mut [3.0], 50.0), 3.0);
        assert!(percentile(&mut [], 95.0).is_nan());
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "these figures are exact")]
    fn the_median_is_the_middle_one() {
        assert_eq!(median(&mut [3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&mut [4.0, 1.0, 2.0, 3.0]), 2.5);
        assert!(median(&mut []).is_nan());
    }
}
