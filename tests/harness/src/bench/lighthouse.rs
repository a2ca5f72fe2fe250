//! What Lighthouse says of the page on a host that compresses, in its mobile
//! setting: a mid-range phone on a slow network, both simulated.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use serde_json::Value;
use tokio::process::Command;

use super::{Asked, Row, Unit, median};
use crate::browser::ARGUMENTS;
use crate::site::Site;

/// How often it looks: its scores for speed vary by a few points.
const LOOKS: usize = 3;

/// Its categories, and what their scores should be.
const CATEGORIES: &[(&str, f64)] = &[
    ("accessibility", 100.0),
    ("best-practices", 100.0),
    ("seo", 100.0),
    ("performance", 95.0),
];

/// A report, as far as it is read.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Look {
    categories: BTreeMap<String, Category>,
    audits: BTreeMap<String, Audit>,
    runtime_error: Option<Value>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Category {
    /// From 0 to 1; none if something in it could not be looked at.
    score: Option<f64>,
    audit_refs: Vec<AuditRef>,
}

#[derive(Debug, Deserialize)]
struct AuditRef {
    id: String,
    weight: f64,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Audit {
    title: String,
    score: Option<f64>,
    display_value: Option<String>,
    #[serde(default)]
    details: Value,
}

pub(super) async fn measure(dist: &Path) -> Result<Vec<Row>> {
    let site = Site::of(dist).tuned()?.start()?;
    let mut looks = Vec::new();
    for _ in 0..LOOKS {
        looks.push(look(&site).await?);
    }
    CATEGORIES
        .iter()
        .map(|(category, least)| row(category, *least, &looks))
        .collect()
}

async fn look(site: &Site) -> Result<Look> {
    let program = std::env::var_os("LIGHTHOUSE").unwrap_or_else(|| OsString::from("lighthouse"));
    let categories: Vec<&str> = CATEGORIES.iter().map(|(name, _)| *name).collect();
    let mut command = Command::new(&program);
    command
        .arg(site.url(""))
        .args(["--quiet", "--output=json", "--output-path=stdout"])
        .arg(format!("--only-categories={}", categories.join(",")))
        .arg(format!("--chrome-flags={}", ARGUMENTS.join(" ")))
        // It counts what is looked at, and sends that home, unless told not to.
        .arg("--no-enable-error-reporting")
        .stdin(Stdio::null())
        .kill_on_drop(true);
    if let Some(chrome) = std::env::var_os("CHROME") {
        command.env("CHROME_PATH", chrome);
    }
    let output = command.output().await.with_context(|| {
        let program = program.display();
        format!("cannot start {program}: run `make bench`, or set LIGHTHOUSE")
    })?;
    ensure!(
        output.status.success(),
        "Lighthouse: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let look: Look = serde_json::from_slice(&output.stdout).context("Lighthouse's report")?;
    if let Some(error) = &look.runtime_error {
        anyhow::bail!("Lighthouse: {error}");
    }
    Ok(look)
}

fn row(category: &str, least: f64, looks: &[Look]) -> Result<Row> {
    let mut scores = Vec::new();
    let mut faults: Vec<String> = Vec::new();
    for look in looks {
        let found = look.categories.get(category);
        let found = found.with_context(|| format!("Lighthouse did not look at {category}"))?;
        scores.push((found.score.unwrap_or(f64::NAN) * 100.0).round());
        for fault in look.faults(found) {
            if !faults.contains(&fault) {
                faults.push(fault);
            }
        }
    }
    let measured = median(&mut scores);
    let (first, last) = (scores[0], scores[scores.len() - 1]);
    let mut note = format!("median of {LOOKS}, from {first} to {last}");
    for fault in faults {
        note += &format!("; {fault}");
    }
    Ok(Row {
        what: format!("Lighthouse: {category}"),
        measured,
        unit: Unit::Count,
        asked: Asked::AtLeast(least),
        note,
    })
}

impl Look {
    /// What it takes points off for, in words.
    fn faults(&self, category: &Category) -> Vec<String> {
        let counted = category.audit_refs.iter().filter(|one| one.weight > 0.0);
        let audits = counted.filter_map(|one| self.audits.get(&one.id));
        audits.filter_map(Audit::fault).collect()
    }
}

impl Audit {
    fn fault(&self) -> Option<String> {
        // Of speed, 0.9 is what Lighthouse itself calls good.
        let is_metric = self.display_value.is_some();
        let enough = if is_metric { 0.9 } else { 1.0 };
        self.score.filter(|score| *score < enough)?;
        let mut fault = self.title.replace('|', "/");
        if let Some(value) = &self.display_value {
            fault += &format!(" {value}");
        }
        let items = self.details["items"].as_array().into_iter().flatten();
        for selector in items.filter_map(|item| item["node"]["selector"].as_str()) {
            fault += &format!(" ({selector})");
        }
        Some(fault)
    }
}
