//! More burners than find room in a row: small pots on a rack, in rows. All
//! parts of one kind are one path, so that a thousand are drawn as quickly as
//! ten.

use super::is_missed;
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

/// A part of a small pot.
struct Part {
    class: &'static str,
    /// From the middle of its foot.
    outline: &'static str,
    /// As a dash: how far up, how wide and how thick it is.
    dash: (f64, f64, f64),
}

const FLAME: Part = Part {
    class: "k-flame",
    outline: "m-17 0q-9-9-3-17 1 5 4 6 1-5 5-8 1 5 5 7 3-4 6-8 4 4 6 8 3-2 4-7 7 2 6 8 3-1 4-6 6 8-3 17z",
    dash: (-8.0, 42.0, 8.0),
};
const GRATE: Part = Part {
    class: "k-iron",
    outline: "m-24-3h4v-6h4v6h32v-6h4v6h4v3h-48z",
    dash: (-2.0, 48.0, 6.0),
};
const BODY: Part = Part {
    class: "k-teal",
    outline: "m-21-38h42v7h6v5h-6v9q0 7-7 7h-28q-7 0-7-7v-9h-6v-5h6z",
    dash: (-24.0, 42.0, 24.0),
};
const LID: Part = Part {
    class: "k-lid",
    outline: "m-23-38q3-9 19-9v-1a4 4 0 1 1 8 0v1q16 0 19 9z",
    dash: (-40.0, 50.0, 8.0),
};
const GHOST: Part = Part {
    class: "k-ghost",
    outline: "m-21-36q0-11 15-11h12q15 0 15 11v19q0 7-7 7h-28q-7 0-7-7z",
    dash: (-20.0, 30.0, 7.0),
};

/// Adds the rack with all that is on it.
pub fn draw(into: &mut Element, scene: &Scene, burners: &Burners) {
    draw_all(into, RACK);
    let scale = burners.scale;
    let (x, y) = burners.place(0);
    let at = transform(&[("translate", &[x, y]), ("scale", &[scale])]);
    let mut rack = group(Text::Owned(at)).num("stroke-width", 1.2 + 0.6 / scale);
    let step = (burners.step.0 / scale, burners.step.1 / scale);
    let missed = (0..burners.count).filter(|burner| is_missed(scene, *burner));
    // Where a burner is free, that is: nothing is missed but by a chef who has
    // one pot on.
    let missed: Vec<usize> = missed.filter(|burner| !is_on(scene, *burner)).collect();
    let all: Vec<usize> = (0..burners.count).collect();
    let pots: Vec<usize> = scene.stove.iter().map(|pot| pot.burner).collect();
    if burners.count > OUTLINED {
        let lit = dashes(&pots, burners, step);
        dashed(&mut rack, &FLAME, lit.clone(), step.0);
        dashed(&mut rack, &GRATE, dashes(&all, burners, step), step.0);
        dashed(&mut rack, &BODY, lit.clone(), step.0);
        dashed(&mut rack, &LID, lit, step.0);
        dashed(&mut rack, &GHOST, dashes(&missed, burners, step), step.0);
    } else {
        let mut bars = String::new();
        for row in 0..burners.rows() {
            bars.push('M');
            list(&mut bars, &[-0.5 * step.0, step.1 * to_f64(row)]);
            bars.push('h');
            list(&mut bars, &[step.0 * to_f64(burners.columns)]);
        }
        put(&mut rack, svg("path").class("k-line").attr("d", bars));
        outlined(&mut rack, FLAME.class, &FLAME, &pots, burners);
        outlined(&mut rack, GRATE.class, &GRATE, &all, burners);
        for of in 0..KINDS {
            let pots = scene.stove.iter().filter(|pot| pot.task % KINDS == of);
            let pots: Vec<usize> = pots.map(|pot| pot.burner).collect();
            outlined(&mut rack, kind(of), &BODY, &pots, burners);
        }
        outlined(&mut rack, LID.class, &LID, &pots, burners);
        outlined(&mut rack, "k-ghost k-dashed", &GHOST, &missed, burners);
    }
    put(into, rack);
}

fn is_on(scene: &Scene, burner: usize) -> bool {
    scene.stove.iter().any(|pot| pot.burner == burner)
}

/// Adds that part of the pots on these burners, with its outlines.
#[inline(never)]
fn outlined(into: &mut Element, class: &'static str, part: &Part, on: &[usize], burners: &Burners) {
    let mut d = String::with_capacity(60 * on.len());
    for &burner in on {
        let (x, y) = from_first(burners, burner);
        d.push('M');
        list(&mut d, &[x, y]);
        d.push_str(part.outline);
    }
    put(into, svg("path").class(class).attr("d", d));
}

/// How far a burner is from the first, in lengths of a large pot's.
fn from_first(burners: &Burners, burner: usize) -> (f64, f64) {
    let (column, row) = (burner % burners.columns, burner / burners.columns);
    (
        burners.step.0 / burners.scale * to_f64(column),
        burners.step.1 / burners.scale * to_f64(row),
    )
}

/// A line for all burners that stand side by side in a row.
#[inline(never)]
fn dashes(on: &[usize], burners: &Burners, step: (f64, f64)) -> String {
    let mut d = String::with_capacity(64);
    let mut rest = on;
    while let Some(&first) = rest.first() {
        let mut run = 1;
        while rest.get(run) == Some(&(first + run)) && (first + run) % burners.columns > 0 {
            run += 1;
        }
        let (x, y) = from_first(burners, first);
        d.push('M');
        list(&mut d, &[x - 0.5 * step.0, y]);
        d.push('h');
        list(&mut d, &[step.0 * to_f64(run)]);
        rest = rest.get(run..).unwrap_or_default();
    }
    d
}

/// Adds that part of the pots on these lines, as a dash in the middle of each.
#[inline(never)]
fn dashed(into: &mut Element, part: &Part, d: String, step: f64) {
    let (up, wide, thick) = part.dash;
    let mut dash = String::new();
    list(&mut dash, &[wide, step - wide]);
    let path = svg("path")
        .class(part.class)
        .and_class("k-row")
        .attr("d", d)
        .attr("transform", translate(0.0, up))
        .num("stroke-width", thick)
        .attr("stroke-dasharray", dash)
        .num("stroke-dashoffset", 0.5 * (wide - step));
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
