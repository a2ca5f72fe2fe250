//! More burners than find room in a row: small pots on a rack, in rows. All
//! parts of one kind are one path, so that a thousand are drawn as quickly as
//! ten.

use super::{FLAME, GHOST, GRATE, LID, POT, is_missed};
use crate::markup::{Element, Text, svg};
use crate::shown::kitchen::burners::{Burners, to_f64};
use crate::shown::kitchen::draw::{Shapes, draw_all, group, list, put, transform, translate};
use crate::shown::kitchen::rack::kind;
use crate::shown::scene::Scene;

/// Pots that are drawn with their outlines. More would be nothing but outline:
/// then a row of them is one line, and each part of a pot a dash.
const OUTLINED: usize = 60;

/// How many kinds of dish there are.
const KINDS: usize = 4;

/// How a part of a small pot is drawn as a dash: its class, how far up it is,
/// how wide and how thick.
type Dash = (&'static str, f64, f64, f64);

const FLAMES: Dash = ("k-flame k-row", -8.0, 42.0, 8.0);
const GRATES: Dash = ("k-iron k-row", -2.0, 48.0, 6.0);
const POTS: Dash = ("k-teal k-row", -24.0, 42.0, 24.0);
const LIDS: Dash = ("k-lid k-row", -40.0, 50.0, 8.0);
const GHOSTS: Dash = ("k-ghost k-row", -20.0, 30.0, 7.0);

/// Adds the rack with all that is on it.
pub fn draw(into: &mut Element, scene: &Scene, burners: &Burners) {
    draw_all(into, RACK);
    let scale = burners.scale;
    let (x, y) = burners.place(0);
    let at = transform(&[("translate", &[x, y]), ("scale", &[scale])]);
    let mut rack = group(Text::Owned(at)).num("stroke-width", 1.2 + 0.6 / scale);
    let (mut all, mut pots, mut missed) = (Vec::new(), Vec::new(), Vec::new());
    for pot in &scene.stove {
        pots.push(pot.burner);
    }
    let mut on = 0;
    for burner in 0..burners.count {
        all.push(burner);
        if pots.get(on) == Some(&burner) {
            on += 1;
        } else if is_missed(scene, burner) {
            missed.push(burner);
        }
    }
    if burners.count > OUTLINED {
        let lit = lines(&pots, burners);
        dashed(&mut rack, FLAMES, lit.clone(), burners);
        dashed(&mut rack, GRATES, lines(&all, burners), burners);
        dashed(&mut rack, POTS, lit.clone(), burners);
        dashed(&mut rack, LIDS, lit, burners);
        dashed(&mut rack, GHOSTS, lines(&missed, burners), burners);
    } else {
        let rails = lines(&all, burners);
        put(&mut rack, svg("path").class("k-line").attr("d", rails));
        outlined(&mut rack, "k-flame", FLAME, &pots, burners);
        outlined(&mut rack, "k-iron", GRATE, &all, burners);
        for of in 0..KINDS {
            let mut pots = Vec::new();
            for pot in &scene.stove {
                if pot.task % KINDS == of {
                    pots.push(pot.burner);
                }
            }
            outlined(&mut rack, kind(of), POT, &pots, burners);
        }
        outlined(&mut rack, "k-lid", LID, &pots, burners);
        outlined(&mut rack, "k-ghost k-dashed", GHOST, &missed, burners);
    }
    put(into, rack);
}

/// Adds that part of the pots on these burners, with its outlines.
#[inline(never)]
fn outlined(
    into: &mut Element,
    class: &'static str,
    outline: &str,
    on: &[usize],
    burners: &Burners,
) {
    let mut d = String::with_capacity(60 * on.len());
    for &burner in on {
        let (x, y) = from_first(burners, burner);
        d.push('M');
        list(&mut d, &[x, y]);
        d.push_str(outline.get("M0 0".len()..).unwrap_or_default());
    }
    put(into, svg("path").class(class).attr("d", d));
}

/// How wide a burner's place is, as measured by a large pot.
fn step(burners: &Burners) -> f64 {
    burners.step.0 / burners.scale
}

/// How far a burner is from the first, in the same measure.
fn from_first(burners: &Burners, burner: usize) -> (f64, f64) {
    let (column, row) = (burner % burners.columns, burner / burners.columns);
    (
        step(burners) * to_f64(column),
        burners.step.1 / burners.scale * to_f64(row),
    )
}

/// A line along all burners that are side by side in a row.
#[inline(never)]
fn lines(on: &[usize], burners: &Burners) -> String {
    let mut d = String::with_capacity(64);
    let mut rest = on;
    while let Some(&first) = rest.first() {
        let mut run = 1;
        while rest.get(run) == Some(&(first + run)) && (first + run) % burners.columns > 0 {
            run += 1;
        }
        let (x, y) = from_first(burners, first);
        d.push('M');
        list(&mut d, &[x - 0.5 * step(burners), y]);
        d.push('h');
        list(&mut d, &[step(burners) * to_f64(run)]);
        rest = rest.get(run..).unwrap_or_default();
    }
    d
}

/// Adds that part of the pots on these lines, as a dash in the middle of each
/// place.
#[inline(never)]
fn dashed(into: &mut Element, (class, up, wide, thick): Dash, lines: String, burners: &Burners) {
    let gap = step(burners) - wide;
    let mut dash = String::new();
    list(&mut dash, &[wide, gap]);
    let path = svg("path")
        .class(class)
        .attr("d", lines)
        .attr("transform", translate(0.0, up))
        .num("stroke-width", thick)
        .attr("stroke-dasharray", dash)
        .num("stroke-dashoffset", -0.5 * gap);
    put(into, path);
}

const RACK: Shapes = &[
    (
        "k-steel",
        "M178 206H188V212H178ZM340 206H350V212H340ZM174 194H354V203Q354 207 350 207H178Q174 207 174 203Z",
    ),
    ("k-shade", "M174 194H354V198H174Z"),
    ("k-iron", "M172 78H175V190H353V78H356V194H172Z"),
];
