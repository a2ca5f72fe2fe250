//! A figure: a stage that shows what its place asks for. The page's main stage
//! and the embedded one are two of them.

use crate::text::parts;

/// What a figure can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The kitchens.
    Picture,
    /// The lanes on their time axis.
    Lanes,
    /// What it comes to.
    Result,
    /// What is set and pressed.
    Controls,
    /// What happened, line by line and as a table.
    Log,
    /// What the strategies are called where the reader works.
    Code,
}

impl Part {
    /// Every part, in the order in which they stand.
    pub const ALL: [Part; 6] = [
        Self::Picture,
        Self::Lanes,
        Self::Result,
        Self::Controls,
        Self::Log,
        Self::Code,
    ];

    /// Its word in a place's `data-show`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::Lanes => "lanes",
            Self::Result => "result",
            Self::Controls => "controls",
            Self::Log => "log",
            Self::Code => "code",
        }
    }
}

/// How much room a figure has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// As much as it needs.
    Page,
    /// A small panel, whose height is known before it is there.
    Panel,
}

/// What is shown, and in how much room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// How much room there is.
    pub size: Size,
    /// A bit for each part.
    parts: u8,
}

impl Figure {
    /// The page's main stage.
    pub const PAGE: Figure = Self::of(
        Size::Page,
        &[
            Part::Picture,
            Part::Lanes,
            Part::Result,
            Part::Controls,
            Part::Log,
        ],
    );

    /// A stage on another page.
    pub const EMBED: Figure = Self::of(
        Size::Panel,
        &[Part::Picture, Part::Lanes, Part::Result, Part::Controls],
    );

    /// These parts in that room.
    #[must_use]
    pub const fn of(size: Size, shown: &[Part]) -> Self {
        let mut parts = 0;
        let mut index = 0;
        while index < shown.len() {
            parts |= 1 << shown[index] as u8;
            index += 1;
        }
        Self { size, parts }
    }

    /// On a panel, what the words of a `data-show` ask for: words that are
    /// unknown ask for nothing, and without a known one it is as embedded.
    #[must_use]
    pub fn asked(words: &str) -> Self {
        let mut shown = Vec::new();
        let mut list = String::new();
        for c in words.chars() {
            list.push(if matches!(c, ' ' | '\n' | '\t') {
                ','
            } else {
                c
            });
        }
        for word in parts(&list, b',') {
            shown.extend(Part::ALL.into_iter().filter(|part| part.word() == word));
        }
        if shown.is_empty() {
            return Self::EMBED;
        }
        Self::of(Size::Panel, &shown)
    }

    /// Whether it shows that part.
    #[must_use]
    pub fn shows(self, part: Part) -> bool {
        self.parts & 1 << part as u8 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_gets_what_it_asks_for() {
        let figure = Figure::asked("lanes, code,lanes,thunder");
        for part in Part::ALL {
            let is_asked = matches!(part, Part::Lanes | Part::Code);
            assert_eq!(figure.shows(part), is_asked, "{part:?}");
        }
        assert_eq!(Figure::asked(""), Figure::EMBED);
        assert_eq!(Figure::asked("thunder"), Figure::EMBED);
    }
}
