//! How large an embedded stage is: what its style sheet and its drawings are
//! made by, and what a page keeps free for it before it is there. The only
//! place: `tools/dist` writes these sizes into `www/embed.css` and the height
//! that comes of them into `www/embed.js`.
//!
//! In pixels, of which sixteen are a rem of the style sheet.

use crate::part::{Part, Parts};

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
/// Its buttons, in a row.
pub const BAR: f64 = 44.0;
/// A line of text: its title, a kitchen's, the verdict's, of which there are two
/// where it is narrow, and the foot.
pub const LINE: f64 = 24.0;
/// A line of smaller text, below the verdict; also two where it is narrow.
pub const NOTE: f64 = 20.0;
/// Above a kitchen's lines and below them.
pub const LINE_PADDING: f64 = 4.0;
/// A kitchen's picture, in the units of the drawing. Of a card it is as high as
/// [`Layout::shape`] says.
pub const PICTURE: (f64, f64) = (360.0, 232.0);
/// Between the rows of the chart.
pub const CHART_GAP: f64 = 4.0;
/// The chart's axis with the names of its marks.
pub const RULER: f64 = 46.0;
/// The scrubber below it.
pub const SCRUBBER: f64 = 28.0;
/// How far the scrubber reaches into the axis, and the lanes into it.
pub const OVERLAP: f64 = 8.0;
/// Whose lanes they are.
pub const CHART_TITLE: f64 = 18.0;
/// All lanes of a kitchen, however many they are: with the [`HANDS`] a height
/// that is the same once it is written in rem.
pub const LANES: f64 = 58.0;
/// The lane of the one thread.
pub const HANDS: f64 = 14.0;
/// The log, however long it is: its lines scroll.
pub const LOG: f64 = 232.0;
/// What opens the table, which lies over the panel then.
pub const CALLS: f64 = 28.0;
/// The programs, however long they are: they scroll too.
pub const CODE: f64 = 416.0;
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
    ("note", NOTE),
    ("line-padding", LINE_PADDING),
    ("chart-gap", CHART_GAP),
    ("ruler", RULER),
    ("scrubber", SCRUBBER),
    ("overlap", OVERLAP),
    ("chart-title", CHART_TITLE),
    ("endpoints", ENDPOINTS),
    ("hands", HANDS),
    ("log", LOG),
    ("calls", CALLS),
    ("code", CODE),
];

/// The strokes that it names, which do not.
pub const STROKES: &[(&str, f64)] = &[("border", BORDER)];

/// The shapes that it names: numbers without a unit.
pub const SHAPES: &[(&str, f64)] = &[
    ("narrow-shape", Layout::NARROW.shape),
    ("wide-shape", Layout::WIDE.shape),
];

/// How the height comes about below [`WIDE`] or from there on: a part that is
/// always there, a part for each kitchen, and a part for each row of two kitchens
/// with the height of a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layout {
    /// Lines that its verdict has, and a kitchen's heading.
    pub lines: u8,
    /// A picture's height, as a part of its card's width.
    pub shape: f64,
}

/// Kitchens in a row.
pub const COLUMNS: u8 = 2;

impl Layout {
    /// In a narrow column: chef and stove.
    pub const NARROW: Layout = Layout {
        lines: 2,
        shape: 0.84,
    };
    /// In a wide one: all of a kitchen, and wall beside it.
    pub const WIDE: Layout = Layout {
        lines: 1,
        shape: 0.4,
    };

    /// What is there once, whatever it shows: its edges, its title and its foot.
    #[must_use]
    pub fn once(self) -> f64 {
        // One pixel more: heights are rounded, and too much is not asked away.
        const ROUNDING: f64 = 1.0;
        2.0 * (BORDER + PADDING) + 2.0 * LINE + GAP + ROUNDING
    }

    /// The axis of the chart, once.
    #[must_use]
    pub fn axis(self) -> f64 {
        RULER + SCRUBBER - 3.0 * OVERLAP + CHART_GAP + GAP
    }

    /// For each kitchen, its part of the chart.
    #[must_use]
    pub fn lanes(self) -> f64 {
        CHART_TITLE + LANES + HANDS + CHART_GAP
    }

    /// For each row of kitchens: a card without its picture, and the gap.
    #[must_use]
    pub fn row(self) -> f64 {
        f64::from(self.lines) * LINE + 2.0 * LINE_PADDING + 2.0 * BORDER + GAP
    }

    /// What it comes to.
    #[must_use]
    pub fn result(self) -> f64 {
        f64::from(self.lines) * (LINE + NOTE) + GAP
    }

    /// The bar.
    #[must_use]
    pub fn controls(self) -> f64 {
        BAR + GAP
    }

    /// The log, and what opens the table.
    #[must_use]
    pub fn log(self) -> f64 {
        LOG + CALLS + 2.0 * GAP
    }

    /// The programs.
    #[must_use]
    pub fn code(self) -> f64 {
        CODE + GAP
    }

    /// What of the panel's width is not a card's.
    #[must_use]
    pub fn beside(self) -> f64 {
        2.0 * (BORDER + PADDING) + GAP
    }

    /// A picture's height, as a part of the width that all in a row share.
    #[must_use]
    pub fn picture(self) -> f64 {
        self.shape / f64::from(COLUMNS)
    }
}

/// How high the panel is, in pixels, with these parts of so many kitchens and no
/// addresses.
#[must_use]
pub fn height(width: f64, kitchens: u8, parts: Parts) -> f64 {
    let layout = if width < WIDE {
        Layout::NARROW
    } else {
        Layout::WIDE
    };
    let picture = (width.min(WIDEST) - layout.beside()) * layout.picture();
    let rows = f64::from(kitchens.div_ceil(COLUMNS));
    let mut height = layout.once();
    for part in Part::ALL {
        if parts.has(part) {
            height += match part {
                Part::Picture => rows * (layout.row() + picture),
                Part::Lanes => layout.axis() + f64::from(kitchens) * layout.lanes(),
                Part::Result => layout.result(),
                Part::Controls => layout.controls(),
                Part::Log => layout.log(),
                Part::Code => layout.code(),
            };
        }
    }
    height
}

/// What addresses that wait for a click add to it.
pub const MORE: f64 = ENDPOINTS + GAP;

#[cfg(test)]
mod tests {
    use super::*;

    fn usual(width: f64, kitchens: u8) -> f64 {
        height(width, kitchens, Parts::EMBEDDED)
    }

    #[test]
    fn it_shows_two_kitchens_and_the_result_on_a_small_screen() {
        assert!(usual(700.0, 2) <= 620.0, "{}", usual(700.0, 2));
        assert!(usual(320.0, 2) <= 700.0, "{}", usual(320.0, 2));
    }

    #[test]
    fn three_kitchens_or_four_stand_in_two_rows() {
        let row = |width| usual(width, 4) - usual(width, 2);
        for width in [320.0, 700.0] {
            let lanes = Layout::WIDE.lanes();
            assert!((usual(width, 3) - usual(width, 2) - row(width) + lanes).abs() < 1e-9);
        }
    }

    #[test]
    fn it_grows_no_more_once_it_is_widest() {
        assert_eq!(usual(WIDEST, 2).to_bits(), usual(2000.0, 2).to_bits());
    }

    /// A part takes the same room whatever stands beside it.
    #[test]
    fn each_part_adds_its_own_to_what_is_always_there() {
        for width in [280.0, 479.0, 480.0, 896.0] {
            for kitchens in 2..=4 {
                let of = |shown: &[Part]| height(width, kitchens, Parts::of(shown));
                let bare = of(&[]);
                for choice in 1..1_u32 << Part::ALL.len() {
                    let mut shown = Vec::new();
                    let mut sum = bare;
                    for (index, part) in Part::ALL.into_iter().enumerate() {
                        if choice & 1 << index != 0 {
                            shown.push(part);
                            sum += of(&[part]) - bare;
                        }
                    }
                    assert!((of(&shown) - sum).abs() < 1e-6, "{width} {shown:?}");
                }
            }
        }
    }
}
