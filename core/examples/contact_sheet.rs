//! Writes a contact sheet of kitchens: what the picture looks like in every
//! situation that matters, by day and by night, narrow and wide, to be looked
//! at whenever the picture is changed.
//!
//! ```sh
//! cargo run --example contact_sheet -- sheet.html [light|dark] [width]
//! ```
//!
//! The page needs no server and loads nothing.

use std::fmt::Write;

use expert_chef_core::asked::resource::Resource;
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::{Failure, Outcome};
use expert_chef_core::recorded::timeline::Timeline;
use expert_chef_core::run::event::{Event, EventKind};
use expert_chef_core::shown::kitchen::kitchen;
use expert_chef_core::shown::scene::Scene;

/// A recording, and the moments at which to look.
struct Reel {
    title: &'static str,
    names: Vec<String>,
    timeline: Timeline,
    at: &'static [f64],
}

/// Plays calls of those lengths, at most `limit` in flight; `failing` fail.
fn record(durations: &[f64], limit: usize, failing: &[usize]) -> Timeline {
    let mut events = Vec::new();
    let mut free = vec![0.0; limit];
    for (task, &duration) in durations.iter().enumerate() {
        let slot = (0..free.len())
            .min_by(|&a, &b| f64::total_cmp(&free[a], &free[b]))
            .unwrap_or(0);
        let outcome = if failing.contains(&task) {
            Outcome::Failed(Failure::Status(503))
        } else {
            Outcome::Ok
        };
        events.push((0.0, task, EventKind::Queued));
        events.push((free[slot], task, EventKind::Started(Resource::Connection)));
        free[slot] += duration;
        events.push((free[slot], task, EventKind::Ended(outcome)));
    }
    // At one moment an end comes before the start that it makes room for.
    let rank = |kind: &EventKind| match kind {
        EventKind::Queued => 0,
        EventKind::Ended(_) => 1,
        _ => 2,
    };
    events.sort_by(|a, b| a.0.total_cmp(&b.0).then(rank(&a.2).cmp(&rank(&b.2))));
    let mut timeline = Timeline::new(durations.len());
    for (at, task, kind) in events {
        let at = Millis::new(at);
        if let Err(refused) = timeline.record(Event { at, task, kind }) {
            eprintln!("{refused}");
        }
    }
    timeline
}

fn reels() -> Vec<Reel> {
    let dashboard = [500.0, 800.0, 1200.0];
    let named = |names: &[&str]| {
        names
            .iter()
            .map(|&name| name.to_owned())
            .collect::<Vec<_>>()
    };
    let services = named(&["user", "billing", "orders"]);
    let many: Vec<f64> = (0..1000).map(|i| 300.0 + f64::from(i * 37 % 400)).collect();
    let six = [700.0, 500.0, 900.0, 400.0, 1100.0, 600.0];
    vec![
        Reel {
            title: "Before",
            names: services.clone(),
            timeline: Timeline::new(3),
            at: &[0.0],
        },
        Reel {
            title: "Sequential",
            names: services.clone(),
            timeline: record(&dashboard, 1, &[]),
            at: &[0.0, 120.0, 420.0, 600.0, 1150.0, 2300.0, 2520.0, 3000.0],
        },
        Reel {
            title: "Join",
            names: services.clone(),
            timeline: record(&dashboard, 3, &[]),
            at: &[0.0, 120.0, 340.0, 450.0, 600.0, 1150.0, 1330.0, 2000.0],
        },
        Reel {
            title: "Join, one fails",
            names: services.clone(),
            timeline: record(&dashboard, 3, &[1]),
            at: &[900.0, 1400.0, 1800.0],
        },
        Reel {
            title: "Sequential, one fails",
            names: services.clone(),
            timeline: record(&dashboard, 1, &[1]),
            at: &[1350.0, 1900.0, 3000.0],
        },
        Reel {
            title: "Pool of six, long names",
            names: named(&[
                "recommendations",
                "WWWWWWWWWW",
                "お客様の注文履歴",
                "<script>alert(1)</script>",
                "inventory",
                "order-history",
            ]),
            timeline: record(&six, 6, &[3]),
            at: &[100.0, 380.0, 800.0, 3000.0],
        },
        Reel {
            title: "Pool of four",
            names: (1..=9).map(|i| format!("svc-{i}")).collect(),
            timeline: record(&[600.0; 9], 4, &[]),
            at: &[500.0, 1100.0],
        },
        Reel {
            title: "1,000 at once",
            names: (1..=1000).map(|i| format!("task {i}")).collect(),
            timeline: record(&many, 1000, &[]),
            at: &[150.0, 290.0, 500.0, 2000.0],
        },
        Reel {
            title: "1,000 in turn",
            names: (1..=1000).map(|i| format!("task {i}")).collect(),
            timeline: record(&many, 1, &[]),
            at: &[250.0, 5000.0],
        },
        Reel {
            title: "One task",
            names: named(&["user"]),
            timeline: record(&[500.0], 1, &[]),
            at: &[100.0, 400.0, 2000.0],
        },
    ]
}

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().unwrap_or("contact-sheet.html".to_owned());
    let theme = arguments.next().unwrap_or("light".to_owned());
    let width = arguments.next().unwrap_or("328".to_owned());
    let mut sheet = format!(
        "<!doctype html><html lang=en data-theme={theme}><meta charset=utf-8><title>Kitchens</title>\
         <style>{}{}body{{margin:16px;background:var(--paper);color:var(--ink);font:14px var(--font-text)}}\
         main{{display:grid;grid-template-columns:repeat(auto-fill,{width}px);gap:16px}}\
         h2{{grid-column:1/-1;margin:8px 0 -8px;font-size:16px}}figure{{margin:0}}</style><main>",
        include_str!("../../www/tokens.css"),
        include_str!("../../www/kitchen.css"),
    );
    for reel in reels() {
        let names: Vec<&str> = reel.names.iter().map(String::as_str).collect();
        let _ = write!(sheet, "<h2>{}</h2>", reel.title);
        for &at in reel.at {
            let scene = Scene::at(&reel.timeline, Millis::new(at));
            let picture = kitchen(&scene, &names, reel.title).to_string();
            let elements = picture.matches("</").count() + picture.matches("/>").count();
            let _ = write!(
                sheet,
                "<figure>{picture}<figcaption>{at} ms · {elements} elements</figcaption></figure>"
            );
        }
    }
    std::fs::write(file, sheet)
}
