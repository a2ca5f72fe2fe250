//! Writes a contact sheet of kitchens: what the picture looks like in every
//! situation that matters, by day and by night, narrow and wide, to be looked
//! at whenever the picture is changed.
//!
//! ```sh
//! cargo run --example contact_sheet -- sheet.html [light|dark] [width] [words of the titles wanted]
//! ```
//!
//! The page needs no server and loads nothing.

use std::fmt::Write;

use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::{Scenario, Task, parse_tasks};
use expert_chef_core::asked::strategy::Strategy as How;
use expert_chef_core::millis::Millis;
use expert_chef_core::shown::kitchen::kitchen;
use expert_chef_core::shown::scene::{Scene, Spare};

/// A run, and the moments at which to look; what is negative is after its end.
struct Reel {
    title: &'static str,
    tasks: Vec<Task>,
    how: How,
    at: &'static [f64],
}

fn reel(title: &'static str, tasks: &str, how: How, at: &'static [f64]) -> Reel {
    let tasks = match Scenario::preset(tasks) {
        Some(preset) => preset.tasks,
        None => parse_tasks(tasks).unwrap_or_default(),
    };
    Reel {
        title,
        tasks,
        how,
        at,
    }
}

fn reels() -> Vec<Reel> {
    let many: Vec<String> = (1..=1000)
        .map(|n| format!("call {n}:{}", 300 + n * 37 % 400))
        .collect();
    let many = many.join(",");
    let failing = "user:500,billing:800:503,orders:1200";
    let odd = "recommendations:700,WWWWWWWWWW:500,お客様の注文履歴:900,inventory:400:503,order-history:1100,email:600";
    vec![
        reel(
            "Sequential",
            "dashboard",
            How::Sequential,
            &[0.0, 40.0, 420.0, 510.0, 1150.0, 2300.0, -1.0],
        ),
        reel(
            "Join",
            "dashboard",
            How::Join,
            &[0.0, 40.0, 150.0, 450.0, 520.0, 1150.0, -1.0],
        ),
        reel("Two calls", "two-calls", How::Sequential, &[900.0, -1.0]),
        reel("Two at once", "two-calls", How::Join, &[50.0, 900.0, -1.0]),
        reel("Pool of two", "dashboard", How::Pool(2), &[300.0, -1.0]),
        reel("Join, one fails", failing, How::Join, &[900.0, -1.0]),
        reel(
            "In turn, one fails",
            failing,
            How::Sequential,
            &[1350.0, -1.0],
        ),
        reel("Fail fast", failing, How::FailFast, &[700.0, -1.0]),
        reel("First", "dashboard", How::First, &[400.0, -1.0]),
        reel(
            "Retries",
            "flaky",
            How::Sequential,
            &[500.0, 750.0, 900.0, 1400.0, -1.0],
        ),
        reel("Retries at once", "flaky", How::Join, &[450.0, 600.0, -1.0]),
        reel(
            "Pool of six",
            odd,
            How::Pool(6),
            &[100.0, 380.0, 800.0, -1.0],
        ),
        reel(
            "Pool of four",
            "twelve-calls",
            How::Pool(4),
            &[200.0, 400.0],
        ),
        reel(
            "Short names",
            "order 21:100,order 22:100,order 23:100,order 24:100",
            How::Pool(1),
            &[260.0, -1.0],
        ),
        reel(
            "Twelve in turn",
            "twelve-calls",
            How::Sequential,
            &[20.0, 1000.0, -1.0],
        ),
        reel(
            "Twelve at once",
            "twelve-calls",
            How::Join,
            &[20.0, 200.0, -1.0],
        ),
        reel(
            "Fifty in turn",
            "fifty-orders",
            How::Sequential,
            &[3000.0, -1.0],
        ),
        reel(
            "Fifty at once",
            "fifty-orders",
            How::Join,
            &[20.0, 200.0, -1.0],
        ),
        reel(
            "Fifty, pool of six",
            "fifty-orders",
            How::Pool(6),
            &[500.0, -1.0],
        ),
        reel(
            "Fifty, pool of twenty",
            "fifty-orders",
            How::Pool(20),
            &[200.0],
        ),
        reel("Thousand in turn", &many, How::Sequential, &[5000.0, -1.0]),
        reel("Thousand at once", &many, How::Join, &[250.0, 500.0, -1.0]),
        reel("One task", "user:500", How::Sequential, &[300.0, -1.0]),
    ]
}

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().unwrap_or("contact-sheet.html".to_owned());
    let theme = arguments.next().unwrap_or("light".to_owned());
    let width = arguments.next().unwrap_or("328".to_owned());
    let wanted: Vec<String> = arguments.collect();
    let mut sheet = format!(
        "<!doctype html><html lang=en data-theme={theme}><meta charset=utf-8><title>Kitchens</title>\
         <style>{}{}body{{margin:16px;background:var(--paper);color:var(--ink);font:14px var(--font-text)}}\
         main{{display:grid;grid-template-columns:repeat(auto-fill,{width}px);gap:16px}}\
         h2{{grid-column:1/-1;margin:8px 0 -8px;font-size:16px}}figure{{margin:0}}</style><main>",
        include_str!("../../www/tokens.css"),
        include_str!("../../www/kitchen.css"),
    );
    let policy = RetryPolicy {
        retries: 2,
        backoff: Millis::new(400.0),
        seed: 3,
        ..RetryPolicy::default()
    };
    for reel in reels() {
        if !wanted.is_empty() && !wanted.iter().any(|word| reel.title.contains(word)) {
            continue;
        }
        let names: Vec<&str> = reel.tasks.iter().map(|task| task.name.as_str()).collect();
        let run = support::run_under(&reel.tasks, reel.how, &policy);
        let end = run.total().unwrap_or_default();
        let _ = write!(sheet, "<h2>{} ({})</h2>", reel.title, reel.how);
        for &at in reel.at {
            let at = Millis::new(at);
            let is_over = at < Millis::ZERO;
            let spare = is_over.then(|| match reel.how {
                How::Sequential => Spare::Lost(end * 0.6),
                _ => Spare::Free(end),
            });
            let at = if is_over { end } else { at };
            let scene = Scene::at(&run, at).with_spare(spare);
            let picture = kitchen(&scene, &names, reel.title).to_string();
            let elements = picture.matches("</").count() + picture.matches("/>").count();
            let _ = write!(
                sheet,
                "<figure>{picture}<figcaption>{at} · {elements} elements</figcaption></figure>"
            );
        }
    }
    std::fs::write(file, sheet)
}
