//! How the programs are written: they are shown in a narrow column, and their
//! markers say when each line is lit.

use std::collections::BTreeSet;
use std::path::Path;

use crate::Result;
use crate::failures::NOTED;
use crate::program::{LANGUAGES, NAMES, Program};

const COLUMNS: usize = 46;

/// How many lines a program has.
const LINES: std::ops::RangeInclusive<usize> = 12..=26;

/// The most lines with markers.
const MARKED: usize = 9;

/// The longest sentence of a marker.
const SENTENCE: usize = 70;

/// The longest note.
const NOTE: usize = 120;

const WORDS: [&str; 10] = [
    "begin", "start", "flight", "work", "wait", "queue", "end", "fail", "cancel", "over",
];

/// Words that may be said of one task: `wait:2`.
const OF_ONE: [&str; 5] = ["start", "flight", "work", "wait", "end"];

/// The markers of a program: words, and a sentence or nothing.
fn markers(program: Program) -> Result<Vec<(String, String)>> {
    let (_, _, before) = program.language.words();
    let text = program.text()?;
    let marked = text.lines().filter_map(|line| line.split_once(before));
    let markers = marked.map(|(_, marker)| {
        let (words, sentence) = marker.split_once(" -- ").unwrap_or((marker, ""));
        (words.to_owned(), sentence.to_owned())
    });
    Ok(markers.collect())
}

#[test]
fn programs_fit_their_column() -> Result<()> {
    for program in Program::all() {
        let (_, _, before) = program.language.words();
        let text = program.text()?;
        let lines = text.lines().count();
        assert!(LINES.contains(&lines), "{program}: {lines} lines");
        for line in text.lines() {
            let shown = line.split_once(before).map_or(line, |(shown, _)| shown);
            let fits = shown.chars().count() <= COLUMNS && shown == shown.trim_end();
            assert!(fits, "{program}: {shown:?}");
            // A marker that is not written as one would be shown.
            assert!(
                !shown.contains("#:") && !shown.contains("//:"),
                "{program}: {shown}"
            );
        }
    }
    Ok(())
}

#[test]
fn markers_are_known_words_with_a_short_sentence() -> Result<()> {
    let tasks = ["1", "2"];
    for program in Program::all() {
        let markers = markers(program)?;
        assert!(
            markers.len() <= MARKED,
            "{program}: {} markers",
            markers.len()
        );
        for (words, sentence) in markers {
            for word in words.split(' ') {
                let known = match word.split_once(':') {
                    Some((word, task)) => OF_ONE.contains(&word) && tasks.contains(&task),
                    None => WORDS.contains(&word),
                };
                assert!(known, "{program}: {word:?} in {words:?}");
            }
            let fine = sentence.is_empty() || sentence.ends_with('.');
            let fine = fine && sentence.chars().count() <= SENTENCE;
            assert!(fine, "{program}: {sentence:?}");
        }
    }
    Ok(())
}

#[test]
fn every_program_shows_its_begin_its_tasks_and_its_end() -> Result<()> {
    for program in Program::all() {
        let markers = markers(program)?;
        let words: Vec<&str> = markers
            .iter()
            .flat_map(|(words, _)| words.split(' '))
            .filter_map(|word| word.split(':').next())
            .collect();
        let busy = if program.name.starts_with("cpu") {
            "work"
        } else {
            "flight"
        };
        for word in ["begin", "start", busy, "end", "over"] {
            assert!(words.contains(&word), "{program} never says {word}");
        }
    }
    Ok(())
}

#[test]
fn every_file_is_a_program_in_all_languages() -> Result<()> {
    for language in LANGUAGES {
        let (folder, end, _) = language.words();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut found = BTreeSet::new();
        for file in std::fs::read_dir(folder)? {
            let path = file?.path();
            if path.extension().is_some_and(|extension| extension == end) {
                let stem = path.file_stem().unwrap_or_default();
                found.insert(stem.to_string_lossy().into_owned());
            }
        }
        let wanted: BTreeSet<String> = NAMES.map(str::to_owned).into();
        assert_eq!(found, wanted, "{language:?}");
    }
    Ok(())
}

#[test]
fn every_note_is_a_short_sentence_that_is_tested() -> Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("notes.txt");
    let notes = std::fs::read_to_string(path)?;
    let mut noted = Vec::new();
    for note in notes.lines() {
        let (program, sentence) = note.split_once(": ").ok_or(note)?;
        noted.push(program.to_owned());
        let fine = note.chars().count() <= NOTE && sentence.ends_with('.');
        assert!(fine, "{note}");
    }
    let tested = NOTED.map(|(name, language)| Program { name, language }.to_string());
    assert_eq!(noted, tested);
    Ok(())
}
