//! How much room there is for a kitchen's lanes: as much as they need, or what
//! an embedded stage's panel has.

use crate::panel;
use crate::shown::chart::lanes::to_f64;
use crate::shown::stage::Stage;

/// Lanes of at most this height together scroll no page.
const TALLEST: f64 = 320.0;

/// How much room the lanes have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// As much as they need.
    Page,
    /// A small panel on another page.
    Panel,
}

impl Rows {
    /// That of a stage's.
    #[must_use]
    pub fn of(stage: &Stage) -> Self {
        if stage.config().embed {
            Self::Panel
        } else {
            Self::Page
        }
    }

    /// Up to this many lanes have room for a name and a label.
    #[must_use]
    pub fn most_labelled(self) -> usize {
        match self {
            Self::Page => 20,
            Self::Panel => 4,
        }
    }

    /// Lanes get lower as they get more, until only the shape of all is seen.
    pub(super) fn row_height(self, lanes: usize) -> f64 {
        match (self, lanes) {
            (Self::Panel, _) => panel::LANES / to_f64(lanes.max(1)),
            (Self::Page, 0..=8) => 28.0,
            (Self::Page, 9..=20) => 20.0,
            (Self::Page, _) => (TALLEST / to_f64(lanes)).min(12.0),
        }
    }
}
