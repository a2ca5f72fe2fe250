//! The table, and the same figures for programs.

use std::fmt;

use serde::Serialize;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// How many times as much.
    Ratio,
    /// Bytes.
    Bytes,
    /// Milliseconds.
    Millis,
    /// Things.
    Count,
}

impl Unit {
    pub(super) fn show(self, figure: f64) -> String {
        match self {
            Self::Ratio => format!("{figure:.4}"),
            Self::Bytes => format!("{:.2} KB", figure / 1000.0),
            Self::Millis => format!("{figure:.2} ms"),
            Self::Count => format!("{figure}"),
        }
    }
}

/// What a figure should be.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asked {
    /// This, or less.
    AtMost(f64),
    /// This, or more.
    AtLeast(f64),
    /// Neither less than the first nor more than the second.
    Within(f64, f64),
    /// It is only shown.
    Nothing,
}

/// How a figure compares with what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It is what was asked for.
    Reached,
    /// It is not.
    Missed,
    /// Nothing was asked for.
    Shown,
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    /// What was measured.
    pub what: String,
    /// The figure.
    pub measured: f64,
    /// What it counts.
    pub unit: Unit,
    /// What it should be.
    pub asked: Asked,
    /// What else is worth knowing, such as how far the figures spread.
    pub note: String,
}

impl Row {
    /// How it compares with what was asked for. A figure that is none misses.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.asked {
            Asked::Nothing => Verdict::Shown,
            Asked::AtMost(most) if self.measured <= most => Verdict::Reached,
            Asked::AtLeast(least) if self.measured >= least => Verdict::Reached,
            Asked::Within(least, most) if (least..=most).contains(&self.measured) => {
                Verdict::Reached
            }
            Asked::AtMost(_) | Asked::AtLeast(_) | Asked::Within(..) => Verdict::Missed,
        }
    }

    fn cells(&self) -> [String; 5] {
        let asked = match self.asked {
            Asked::AtMost(most) => format!("≤ {}", self.unit.show(most)),
            Asked::AtLeast(least) => format!("≥ {}", self.unit.show(least)),
            Asked::Within(least, most) => {
                format!("{} to {}", self.unit.show(least), self.unit.show(most))
            }
            Asked::Nothing => String::new(),
        };
        let verdict = match self.verdict() {
            Verdict::Reached => "ok",
            Verdict::Missed => "MISSED",
            Verdict::Shown => "",
        };
        [
            self.what.clone(),
            self.unit.show(self.measured),
            asked,
            verdict.into(),
            self.note.clone(),
        ]
    }
}

/// Every figure, by section.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report(Vec<(&'static str, Vec<Row>)>);

impl Report {
    pub(super) fn add(&mut self, section: &'static str, rows: Vec<Row>) {
        self.0.push((section, rows));
    }

    fn rows(&self) -> impl Iterator<Item = &Row> {
        self.0.iter().flat_map(|(_, rows)| rows)
    }

    /// How many figures are not what was asked for.
    #[must_use]
    pub fn missed(&self) -> usize {
        self.rows()
            .filter(|row| row.verdict() == Verdict::Missed)
            .count()
    }

    /// The same figures for programs; sizes are in bytes, times in milliseconds.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        let rows = self.0.iter().flat_map(|(section, rows)| {
            rows.iter().map(move |row| {
                serde_json::json!({
                    "section": section,
                    "what": row.what,
                    "measured": row.measured,
                    "unit": row.unit,
                    "asked": row.asked,
                    "verdict": row.verdict(),
                    "note": row.note,
                })
            })
        });
        serde_json::json!({ "version": 1, "rows": rows.collect::<Vec<_>>() })
    }
}

/// As a table, in Markdown: it reads well in a terminal and in a README.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = ["what", "measured", "asked", "verdict", "note"].map(String::from);
        let table: Vec<[String; 5]> = [head]
            .into_iter()
            .chain(self.rows().map(Row::cells))
            .collect();
        let widths: [usize; 5] = std::array::from_fn(|column| {
            let cells = table.iter().map(|row| row[column].chars().count());
            cells.max().unwrap_or_default()
        });
        for (index, row) in table.iter().enumerate() {
            let [what, measured, asked, verdict, note] = row;
            let [w, m, a, v, n] = widths;
            writeln!(
                f,
                "| {what:<w$} | {measured:>m$} | {asked:>a$} | {verdict:<v$} | {note:<n$} |"
            )?;
            if index == 0 {
                let line = |width: usize| "-".repeat(width);
                let [what, number, asked] = [line(w), line(m - 1), line(a - 1)];
                writeln!(
                    f,
                    "| {what} | {number}: | {asked}: | {} | {} |",
                    line(v),
                    line(n)
                )?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(measured: f64, asked: Asked) -> Row {
        Row {
            what: "wasm".into(),
            measured,
            unit: Unit::Bytes,
            asked,
            note: String::new(),
        }
    }

    #[test]
    fn a_figure_below_what_was_asked_is_missed_where_more_is_better() {
        assert_eq!(row(95.0, Asked::AtLeast(95.0)).verdict(), Verdict::Reached);
        assert_eq!(row(94.0, Asked::AtLeast(95.0)).verdict(), Verdict::Missed);
        let within = Asked::Within(0.95, 1.1);
        assert_eq!(row(1.0, within).verdict(), Verdict::Reached);
        for figure in [0.94, 1.11, f64::NAN] {
            assert_eq!(row(figure, within).verdict(), Verdict::Missed);
        }
        assert_eq!(
            row(f64::NAN, Asked::AtLeast(95.0)).verdict(),
            Verdict::Missed
        );
    }

    #[test]
    fn a_figure_above_what_was_asked_is_missed_and_so_is_none() {
        assert_eq!(
            row(60_000.0, Asked::AtMost(60_000.0)).verdict(),
            Verdict::Reached
        );
        assert_eq!(
            row(60_001.0, Asked::AtMost(60_000.0)).verdict(),
            Verdict::Missed
        );
        assert_eq!(
            row(f64::NAN, Asked::AtMost(60_000.0)).verdict(),
            Verdict::Missed
        );
        assert_eq!(row(60_001.0, Asked::Nothing).verdict(), Verdict::Shown);
    }

    #[test]
    fn every_line_of_the_table_is_as_wide_as_its_head() {
        let mut report = Report::default();
        report.add(
            "weight",
            vec![
                row(48_123.0, Asked::AtMost(60_000.0)),
                row(1.0, Asked::Nothing),
            ],
        );
        let table = report.to_string();
        assert!(table.contains("| wasm |"), "{table}");
        assert!(table.contains("48.12 KB"), "{table}");
        let widths: Vec<usize> = table.lines().map(|line| line.chars().count()).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{table}");
    }
}
