//! A figure: a stage that shows what its place asks for. The page's main stage
//! and the embedded one are two of them.

use crate::part::{Part, Parts};
use crate::shown::exhibit::Exhibit;

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
    /// What is shown there.
    pub parts: Parts,
    /// Whether it stands in an article, which has its title and is the whole page
    /// already: then the code is beside the rest.
    pub is_in_article: bool,
    /// What it shows besides.
    pub exhibit: Option<Exhibit>,
}

impl Figure {
    /// The page's main stage.
    pub const PAGE: Figure = Figure {
        size: Size::Page,
        parts: Parts::of(&[
            Part::Picture,
            Part::Lanes,
            Part::Result,
            Part::Controls,
            Part::Log,
        ]),
        is_in_article: false,
        exhibit: None,
    };

    /// These parts on a panel.
    #[must_use]
    pub const fn panel(parts: Parts) -> Self {
        Self {
            size: Size::Panel,
            parts,
            is_in_article: false,
            exhibit: None,
        }
    }

    /// These parts in an article.
    #[must_use]
    pub const fn article(parts: Parts, exhibit: Option<Exhibit>) -> Self {
        let mut figure = Self::panel(parts);
        figure.is_in_article = true;
        figure.exhibit = exhibit;
        figure
    }

    /// Whether it shows that part.
    #[must_use]
    pub fn shows(self, part: Part) -> bool {
        self.parts.has(part)
    }
}
