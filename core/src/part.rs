//! What a figure shows, by words that a place and a query string share, and that a
//! panel counts its height by.

use crate::text;

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
    /// The programs that do the same where the reader works.
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

    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
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

/// Some of the parts: a bit for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts(u8);

impl Parts {
    /// What a stage on another page shows unless it is asked for something else.
    pub const EMBEDDED: Parts =
        Self::of(&[Part::Picture, Part::Lanes, Part::Result, Part::Controls]);

    /// These.
    #[must_use]
    pub const fn of(shown: &[Part]) -> Self {
        let mut parts = 0;
        let mut index = 0;
        while index < shown.len() {
            parts |= 1 << shown[index] as u8;
            index += 1;
        }
        Self(parts)
    }

    /// The parts of these words, as embedded if there is none that is known;
    /// and the first word that is unknown, which asks for nothing.
    #[must_use]
    pub fn parse(words: &str) -> (Self, Option<&str>) {
        let (mut parts, mut unknown) = (0, None);
        for listed in text::parts(words, b',') {
            for word in listed.split_ascii_whitespace() {
                match Part::ALL.into_iter().find(|part| part.word() == word) {
                    Some(part) => parts |= 1 << part as u8,
                    None => unknown = unknown.or(Some(word)),
                }
            }
        }
        let parts = if parts == 0 {
            Self::EMBEDDED
        } else {
            Self(parts)
        };
        (parts, unknown)
    }

    /// Whether that part is among them.
    #[must_use]
    pub const fn has(self, part: Part) -> bool {
        self.0 & 1 << part as u8 != 0
    }

    /// Their words, in the order in which they stand.
    #[must_use]
    pub fn words(self) -> String {
        let mut words = String::new();
        for part in Part::ALL {
            if self.has(part) {
                if !words.is_empty() {
                    words.push(',');
                }
                words += part.word();
            }
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_gets_what_it_asks_for_and_hears_of_the_rest() {
        let (parts, unknown) = Parts::parse("lanes, code,thunder,lanes,rain");
        for part in Part::ALL {
            let is_asked = matches!(part, Part::Lanes | Part::Code);
            assert_eq!(parts.has(part), is_asked, "{part:?}");
        }
        assert_eq!(unknown, Some("thunder"));
        assert_eq!(parts.words(), "lanes,code");
        assert_eq!(Parts::parse(""), (Parts::EMBEDDED, None));
        assert_eq!(Parts::parse("rain"), (Parts::EMBEDDED, Some("rain")));
    }
}
