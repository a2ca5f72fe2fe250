//! The programs of `snippets/`, as the page shows them: without the marks that say
//! when a line executes, which go before the line instead, and with what each
//! piece of it is. A file for each language, fetched when somebody reads it; its
//! form is `Listing::read`'s.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use expert_chef_core::asked::config::PROGRAMS;
use expert_chef_core::shown::listing::{FIRST_STYLE, Language, Mark, Style};
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use crate::files::{read_text, short_hash, write};

/// Where the programs of a language are, how their files end, and how a mark
/// begins.
fn folder(language: Language) -> (&'static str, &'static str, &'static str) {
    match language {
        Language::Python => ("python", "py", "#:"),
        Language::JavaScript => ("javascript", "mjs", "//:"),
        Language::Rust => ("rust", "rs", "//:"),
    }
}

/// Writes a file for each language into the build; gives the language's name and
/// the file's.
///
/// # Errors
/// If a program is missing, or has a mark that means nothing.
pub fn write_all(snippets: &Path, staging: &Path) -> Result<Vec<(&'static str, String)>> {
    let painter = Painter::new();
    let notes = read_text(&snippets.join("notes.txt"))?;
    let mut files = Vec::new();
    for language in Language::ALL {
        let (folder, ending, mark) = folder(language);
        let syntax = painter.syntax(if ending == "mjs" { "js" } else { ending })?;
        let mut text = String::new();
        for program in PROGRAMS {
            let source = read_text(&snippets.join(folder).join(format!("{program}.{ending}")))?;
            let note = note(&notes, program, folder);
            text += &format!("={program}\t{note}\n");
            text += &painter
                .listing(syntax, &source, mark)
                .with_context(|| format!("{folder}/{program}.{ending}"))?;
        }
        let name = format!("code-{folder}-{}.txt", short_hash(text.as_bytes()));
        write(&staging.join(&name), text)?;
        files.push((language.name(), name));
    }
    Ok(files)
}

/// A program as people read it: without its marks.
///
/// # Errors
/// If it is not there.
pub fn plain(snippets: &Path, language: Language, program: &str) -> Result<String> {
    let (folder, ending, mark) = folder(language);
    let source = read_text(&snippets.join(folder).join(format!("{program}.{ending}")))?;
    let lines = source.lines().map(|line| taken_apart(line, mark).0);
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

fn note<'a>(notes: &'a str, program: &str, language: &str) -> &'a str {
    let start = format!("{program} {language}: ");
    let found = notes.lines().find_map(|line| line.strip_prefix(&*start));
    found.unwrap_or_default()
}

/// A line, and what its mark says.
fn taken_apart<'a>(line: &'a str, mark: &str) -> (&'a str, &'a str) {
    match line.rsplit_once(mark) {
        Some((code, said)) => (code.trim_end(), said.trim()),
        None => (line, ""),
    }
}

struct Painter {
    syntaxes: SyntaxSet,
    styles: Vec<(Scope, Style)>,
}

impl Painter {
    fn new() -> Self {
        let styles = [
            ("comment", Style::Comment),
            ("punctuation.definition.comment", Style::Comment),
            ("string", Style::Literal),
            ("constant", Style::Literal),
            ("keyword.operator", Style::Plain),
            ("keyword", Style::Keyword),
            ("storage", Style::Keyword),
            ("variable.language", Style::Keyword),
            ("entity.name", Style::Name),
            ("support.function", Style::Name),
            ("support.macro", Style::Name),
            ("variable.function", Style::Name),
            ("meta.interpolation", Style::Plain),
        ];
        let scope = |(name, style)| Some((Scope::new(name).ok()?, style));
        Self {
            syntaxes: SyntaxSet::load_defaults_newlines(),
            styles: styles.into_iter().filter_map(scope).collect(),
        }
    }

    fn syntax(&self, ending: &str) -> Result<&SyntaxReference> {
        let found = self.syntaxes.find_syntax_by_extension(ending);
        found.with_context(|| format!("no syntax is known for .{ending}"))
    }

    fn listing(&self, syntax: &SyntaxReference, source: &str, mark: &str) -> Result<String> {
        let mut state = ParseState::new(syntax);
        let mut stack = ScopeStack::new();
        let mut text = String::new();
        for line in source.lines() {
            let (code, said) = taken_apart(line, mark);
            let (marks, says) = said.split_once(" -- ").unwrap_or((said, ""));
            for word in marks.split_whitespace() {
                ensure!(Mark::parse(word).is_some(), "the mark {word} means nothing");
            }
            text += &format!("{}\t{}\t", marks.trim(), says.trim());
            text += &self.line(&mut state, &mut stack, code)?;
            text.push('\n');
        }
        Ok(text)
    }

    fn line(&self, state: &mut ParseState, stack: &mut ScopeStack, code: &str) -> Result<String> {
        let code = format!("{code}\n");
        let mut text = String::new();
        let (mut at, mut style) = (0, Style::Plain);
        let mut add = |piece: &str, next: Style| {
            // Spaces have no colour, and a change of it takes room.
            if next != style && !piece.trim().is_empty() {
                style = next;
                text.push(character(next));
            }
            text.push_str(piece);
        };
        for (to, change) in state.parse_line(&code, &self.syntaxes)? {
            add(&code[at..to], self.style(stack));
            at = to;
            stack.apply(&change)?;
        }
        add(code[at..].trim_end(), self.style(stack));
        Ok(text.trim_end().to_owned())
    }

    /// What the innermost scope that is known says.
    fn style(&self, stack: &ScopeStack) -> Style {
        let mut scopes = stack.as_slice().iter().rev();
        let known = scopes.find_map(|scope| {
            let mut styles = self.styles.iter();
            styles.find(|(known, _)| known.is_prefix_of(*scope))
        });
        known.map_or(Style::Plain, |(_, style)| *style)
    }
}

/// What begins a piece of that style.
fn character(style: Style) -> char {
    let place = Style::ALL.iter().position(|one| *one == style).unwrap_or(0);
    let number = FIRST_STYLE as u32 + u32::try_from(place).unwrap_or_default();
    char::from_u32(number).unwrap_or(FIRST_STYLE)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test")]

    use super::*;
    use expert_chef_core::shown::listing::Listing;

    #[test]
    fn a_program_is_read_back_without_its_marks_and_with_its_colours() {
        let painter = Painter::new();
        let source =
            "import time  #: begin\n\n# why\nprint(\"a\", 1)  #: end:2 over -- It prints.\n";
        let text = painter
            .listing(painter.syntax("py").unwrap(), source, "#:")
            .unwrap();
        let listings = Listing::read(&format!("=one\tA note.\n{text}"));
        assert_eq!(listings.len(), 1);
        let listing = &listings[0];
        assert_eq!((&*listing.name, &*listing.note), ("one", "A note."));
        assert!(
            listing
                .source()
                .starts_with("import time\n\n# why\nprint(\"a\", 1)\n")
        );
        let line = |number: usize| &listing.lines[number];
        assert_eq!(line(0).marks, [Mark::Begin]);
        assert_eq!(line(3).marks, [Mark::End(Some(1)), Mark::Over]);
        assert_eq!(line(3).says, "It prints.");
        let style = |number: usize, piece: &str| {
            let mut pieces = line(number).pieces.iter();
            pieces.find(|(_, text)| text.contains(piece)).unwrap().0
        };
        assert_eq!(style(0, "import"), Style::Keyword);
        assert_eq!(style(2, "why"), Style::Comment);
        assert_eq!(style(3, "print"), Style::Name);
        assert_eq!(style(3, "a"), Style::Literal);
    }

    #[test]
    fn a_mark_that_means_nothing_is_found() {
        let painter = Painter::new();
        let syntax = painter.syntax("py").unwrap();
        assert!(painter.listing(syntax, "a()  #: fligth\n", "#:").is_err());
    }
}
