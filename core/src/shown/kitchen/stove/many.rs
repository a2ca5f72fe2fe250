//! More burners than find room in a row: small pots on a rack, in rows. All of
//! one kind are one path, so that a thousand are drawn as quickly as ten.

use super::is_missed;
use crate::markup::{Element, Text, svg};
use crate::shown::kitchen::burners::{Burners, to_f64};
use crate::shown::kitchen::draw::{Shapes, draw_all, group, list, put, transform};
use crate::shown::scene::Scene;

/// Pots that are drawn with their outlines; the others would be nothing but
/// outline.
const OUTLINED: usize = 60;

/// A part of a small pot: its class, its outline from the middle of its foot,
/// and how it is drawn where all of a row's are dashes of one line: how high
/// that lies, how thick it is and how wide a dash.
type Piece = (&'static str, &'static str, (f64, f64, f64));

const GRATE: Piece = (
    "k-iron",
    "m-24-3h4v-6h4v6h32v-6h4v6h4v3h-48z",
    (-3.0, 6.0, 48.0),
);
const GHOST: Piece = (
    "k-ghost",
    "m-21-36q0-11 15-11h12q15 0 15 11v19q0 7-7 7h-28q-7 0-7-7z",
    (-14.0, 7.0, 30.0),
);
const FLAME: Piece = (
    "k-flame",
    "m-17 0q-9-9-3-17 1 5 4 6 1-5 5-8 1 5 5 7 3-4 6-8 4 4 6 8 3-2 4-7 7 2 6 8 3-1 4-6 6 8-3 17z",
    (-7.0, 8.0, 44.0),
);
const BODY: Piece = (
    "k-teal",
    "m-21-38h42v7h6v5h-6v9q0 7-7 7h-28q-7 0-7-7v-9h-6v-5h6z",
    (-24.0, 26.0, 42.0),
);
const LID: Piece = (
    "k-lid",
    "m-23-38q3-9 19-9v-1a4 4 0 1 1 8 0v1q16 0 19 9z",
    (-40.0, 7.0, 50.0),
);

/// Adds the rack with all that is on it.
pub fn draw(into: &mut Element, scene: &Scene, burners: &Burners) {
    draw_all(into, RACK);
    let (x, y) = burners.place(0);
    let scale = burners.scale;
    let at = transform(&[("translate", &[x, y]), ("scale", &[scale])]);
    let mut rack = group(Text::Owned(at)).num("stroke-width", 1.2 + 0.6 / scale);
    let all: Vec<usize> = (0..burners.count).collect();
    let pots = scene.stove.iter().map(|pot| pot.burner);
    let pots: Vec<usize> = pots.filter(|burner| *burner < burners.count).collect();
    let is_free = |burner: &&usize| pots.binary_search(burner).is_err();
    let free = all.iter().filter(is_free).copied();
    let missed: Vec<usize> = free.filter(|burner| is_missed(scene, *burner)).collect();
    piece(&mut rack, FLAME, &pots, burners);
    piece(&mut rack, GRATE, &all, burners);
    piece(&mut rack, BODY, &pots, burners);
    piece(&mut rack, LID, &pots, burners);
    piece(&mut rack, GHOST, &missed, burners);
    put(into, rack);
}

/// Adds that part of the pots on these burners.
fn piece(into: &mut Element, (class, outline, dash): Piece, on: &[usize], burners: &Burners) {
    let step = (burners.step.0 / burners.scale, burners.step.1 / burners.scale);
    let is_outlined = burners.count <= OUTLINED;
    let mut d = String::with_capacity(64);
    let mut rest = on;
    while let Some(&first) = rest.first() {
        // As far as they stand side by side in a row.
        let mut run = 1;
        if !is_outlined {
            while rest.get(run) == Some(&(first + run)) && (first + run) % burners.columns > 0 {
                run += 1;
            }
        }
        let (column, row) = (first % burners.columns, first / burners.columns);
        let (x, y) = (step.0 * to_f64(column), step.1 * to_f64(row));
        d.push('M');
        if is_outlined {
            list(&mut d, &[x, y]);
            d.push_str(outline);
        } else {
            list(&mut d, &[x - dash.2 / 2.0, y + dash.0]);
            d.push('h');
            list(&mut d, &[step.0 * to_f64(run) - step.0 + dash.2]);
        }
        rest = rest.get(run..).unwrap_or_default();
    }
    let mut path = svg("path").class(class).attr("d", d);
    if !is_outlined {
        let mut dashes = String::new();
        list(&mut dashes, &[dash.2, step.0 - dash.2]);
        path = path.and_class("k-row").num("stroke-width", dash.1);
        path = path.attr("stroke-dasharray", dashes);
    }
    put(into, path);
}

const RACK: Shapes = &[
    (
        "k-steel",
        "M178 206H188V212H178ZM340 206H350V212H340ZM174 194H354V203Q354 207 350 207H178Q174 207 174 203Z",
    ),
    ("k-shade", "M174 194H354V198H174Z"),
    ("k-iron", "M172 190H356V194H172Z"),
];
