//! How large an embedded stage is: what its style sheet and its drawings are
//! made by, and what a page keeps free for it before it is there. The only
//! place: `tools/dist` writes these sizes into `www/embed.css` and the height
//! that comes of them into `www/embed.js`.
//!
//! In pixels, of which sixteen are a rem of the style sheet.

/// It needs this width.
pub const NARROWEST: f64 = 280.0;
/// It grows no wider.
pub const WIDEST: f64 = 896.0;
/// From this width on two kitchens stand side by side.
pub const WIDE: f64 = 480.0;

/// Around all of it.
pub const BORDER: f64 = 1.0;
/// Within the border.
pub const PADDING: f64 = 12.0;
/// Between its parts, and between kitchens.
pub const GAP: f64 = 8.0;
/// Its header, and the player: a row of buttons.
pub const BAR: f64 = 44.0;
/// A line of text: the verdict's, of which there are two where it is narrow,
/// a kitchen's header's, and the foot.
pub const LINE: f64 = 24.0;
/// Above a kitchen's header's line and below it.
pub const LINE_PADDING: f64 = 4.0;
/// A kitchen's picture, in the units of the drawing: as wide as a card, and as
/// high as that makes it.
pub const PICTURE: (f64, f64) = (360.0, 232.0);
/// Between the rows of the chart.
pub const CHART_GAP: f64 = 4.0;
/// The chart's axis with the names of its marks.
pub const RULER: f64 = 56.0;
/// The scrubber below it.
pub const SCRUBBER: f64 = 28.0;
/// How far the scrubber reaches into the axis, and the lanes into it.
pub const OVERLAP: f64 = 8.0;
/// Whose lanes they are.
pub const CHART_TITLE: f64 = 20.0;
/// All lanes of a kitchen, however many they are.
pub const LANES: f64 = 96.0;
/// Addresses that wait for a click, however many they are.
pub const ENDPOINTS: f64 = 120.0;

/// The sizes that the style sheet names; they grow with the reader's text.
pub const NAMED: &[(&str, f64)] = &[
    ("widest", WIDEST),
    ("wide", WIDE),
    ("padding", PADDING),
    ("gap", GAP),
    ("bar", BAR),
    ("line", LINE),
    ("two-lines", 2.0 * LINE),
    ("line-padding", LINE_PADDING),
    ("chart-gap", CHART_GAP),
    ("ruler", RULER),
    ("scrubber", SCRUBBER),
    ("overlap", OVERLAP),
    ("chart-title", CHART_TITLE),
    ("endpoints", ENDPOINTS),
];

/// The strokes that it names, which do not.
pub const STROKES: &[(&str, f64)] = &[("border", BORDER)];

/// How the height comes about below [`WIDE`] or from there on: a part that is
/// always there, a part for each kitchen, and a part for each row of kitchens
/// with the height of a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// Kitchens in a row.
    pub columns: u8,
    /// What is there once.
    pub once: f64,
    /// For each kitchen: its part of the chart.
    pub kitchen: f64,
    /// For each row: a kitchen's card without its picture, and the gap.
    pub row: f64,
    /// What of the panel's width is not a picture's.
    pub beside: f64,
}

impl Layout {
    /// One kitchen above the other.
    pub const NARROW: Layout = Self::of(1);
    /// Two kitchens side by side.
    pub const WIDE: Layout = Self::of(2);

    const fn of(columns: u8) -> Self {
        // Header, kitchens, chart, player, verdict and foot.
        const GAPS: f64 = 5.0;
        // One pixel more: heights are rounded, and too much is not asked away.
        const ROUNDING: f64 = 1.0;
        let lines = if columns == 1 { 3.0 } else { 2.0 };
        let across = if columns == 1 { 1.0 } else { 2.0 };
        let chart = RULER + SCRUBBER - 3.0 * OVERLAP + CHART_GAP;
        Self {
            columns,
            // Each row brings a gap, and the first has none before it.
            once: 2.0 * (BORDER + PADDING)
                + 2.0 * BAR
                + lines * LINE
                + chart
                + ROUNDING
                + (GAPS - 1.0) * GAP,
            kitchen: CHART_TITLE + LANES + CHART_GAP,
            row: LINE + 2.0 * LINE_PADDING + 2.0 * BORDER + GAP,
            beside: 2.0 * (BORDER + PADDING) + (across - 1.0) * GAP + across * 2.0 * BORDER,
        }
    }

    /// A picture's height, as a part of the width that all in a row share.
    #[must_use]
    pub fn picture(self) -> f64 {
        PICTURE.1 / PICTURE.0 / f64::from(self.columns)
    }

    /// The rows that so many kitchens stand in.
    #[must_use]
    pub fn rows(self, kitchens: u8) -> u8 {
        kitchens.div_ceil(self.columns)
    }
}

/// How high the panel is, in pixels, with so many kitchens and no addresses.
#[must_use]
pub fn height(width: f64, kitchens: u8) -> f64 {
    let layout = if width < WIDE {
        Layout::NARROW
    } else {
        Layout::WIDE
    };
    let picture = (width.min(WIDEST) - layout.beside) * layout.picture();
    layout.once
        + f64::from(kitchens) * layout.kitchen
        + f64::from(layout.rows(kitchens)) * (layout.row + picture)
}

/// What addresses that wait for a click add to it.
pub const MORE: f64 = ENDPOINTS + GAP;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_as_high_as_its_parts() {
        let picture = (700.0 - 38.0) / 2.0 * 232.0 / 360.0;
        let parts = 259.0 + 2.0 * 120.0 + 42.0 + picture;
        assert!((height(700.0, 2) - parts).abs() < 1e-9);
        let picture = (360.0 - 28.0) * 232.0 / 360.0;
        let parts = 283.0 + 3.0 * (162.0 + picture);
        assert!((height(360.0, 3) - parts).abs() < 1e-9);
    }

    #[test]
    fn three_kitchens_or_four_stand_in_two_rows_where_there_is_width() {
        assert_eq!(
            [2, 3, 4].map(|kitchens| Layout::WIDE.rows(kitchens)),
            [1, 2, 2]
        );
        assert_eq!(
            [2, 3, 4].map(|kitchens| Layout::NARROW.rows(kitchens)),
            [2, 3, 4]
        );
    }

    #[test]
    fn it_grows_no_more_once_it_is_widest() {
        assert_eq!(height(WIDEST, 2).to_bits(), height(2000.0, 2).to_bits());
    }
}
