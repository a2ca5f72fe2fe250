//! Where the burners are: in one row as long as pots are large enough in one,
//! and otherwise in as many as make them largest. All of them are drawn, since
//! their number is what limits a kitchen.

/// Burners that are as large as can be, with names beneath.
pub const LARGE: usize = 3;

/// Burners that find room in one row.
const IN_A_ROW: usize = 6;

/// From left to right, of the stove.
const LEFT: f64 = 175.0;
const WIDTH: f64 = 178.0;

/// A single row stands on the stove, there.
const STOVE: f64 = 147.0;

/// Several rows stand on a rack, from under the pass to there.
const RACK: f64 = 190.0;
const HEIGHT: f64 = 114.0;

/// How wide and how high a pot is with what is around it.
pub const POT: (f64, f64) = (60.0, 56.0);

/// How large a pot in several rows is at the most: no larger than one of six
/// in a row.
const LARGEST: f64 = 0.55;

/// The burners of a stove.
pub struct Burners {
    /// How many there are.
    pub count: usize,
    /// How many are in a row.
    pub columns: usize,
    /// How large a pot is, of a large one.
    pub scale: f64,
    /// From one to the next, across and down.
    pub step: (f64, f64),
    /// Where the rows end.
    bottom: f64,
}

impl Burners {
    /// So many.
    pub fn of(count: usize) -> Self {
        if count <= IN_A_ROW {
            let across = WIDTH / to_f64(count.max(1));
            return Self {
                count,
                columns: count.max(1),
                scale: (1.1 * across * LARGE as f64 / WIDTH).min(1.0),
                step: (across, 0.0),
                bottom: STOVE,
            };
        }
        let mut best = Self {
            count,
            columns: 1,
            scale: 0.0,
            step: (0.0, 0.0),
            bottom: RACK,
        };
        let mut most = 0.0;
        for columns in 2..=count {
            let rows = count.div_ceil(columns);
            let step = (WIDTH / to_f64(columns), HEIGHT / to_f64(rows));
            if step.0 / POT.0 < most {
                break;
            }
            let scale = (step.0 / POT.0).min(step.1 / POT.1);
            // Full rows can be counted: they are worth somewhat smaller pots.
            let full = to_f64(count) / to_f64(columns * rows);
            if scale * full * full > most {
                most = scale * full * full;
                best.columns = columns;
                best.step = step;
                best.scale = scale.min(LARGEST);
            }
        }
        // As it is written: what is measured in it has to fit.
        best.scale = ((100.0 * best.scale).floor() / 100.0).max(0.01);
        best
    }

    /// Whether they stand in one row, each drawn on its own.
    pub fn is_row(&self) -> bool {
        self.count <= IN_A_ROW
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.count.div_ceil(self.columns)
    }

    /// The middle of a burner's foot.
    pub fn place(&self, burner: usize) -> (f64, f64) {
        let burner = burner.min(self.count.saturating_sub(1));
        let (column, row) = (burner % self.columns, burner / self.columns);
        let below = self.rows().saturating_sub(row + 1);
        (
            LEFT + self.step.0 * (to_f64(column) + 0.5),
            self.bottom - self.step.1 * to_f64(below),
        )
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
pub fn to_f64(count: usize) -> f64 {
    count as f64
}
