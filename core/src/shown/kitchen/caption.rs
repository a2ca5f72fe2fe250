//! The picture in one sentence, for whoever does not see it; it changes when
//! something happens and not with every frame.

use super::rack::again;
use super::workers;
use crate::shown::scene::{Chef, Scene, Spare};

/// How many names are listed before they are counted.
const LISTED: usize = 3;

/// What the picture shows.
pub fn sentence(scene: &Scene, names: &[&str], title: &str) -> String {
    let name = |burner: usize| {
        let pot = scene.stove.iter().find(|pot| pot.burner == burner);
        pot.and_then(|pot| names.get(pot.task)).copied()
    };
    let mut said = String::with_capacity(160);
    if !title.is_empty() {
        said.push_str(title);
        said.push_str(": ");
    }
    let (does, what) = match scene.chef {
        Chef::Ready => ("the chef stands ready", None),
        Chef::Setting(burner) => ("the chef puts on the pot of ", name(burner)),
        Chef::Staring(burner) => ("the chef, arms folded, stares at the pot of ", name(burner)),
        Chef::Watching => (
            "the chef looks at the clock until it can be tried again",
            None,
        ),
        Chef::Chopping => ("the chef chops while the pots boil", None),
        Chef::Working(task) => (
            "the chef chops, and hears of nothing else: ",
            names.get(task).copied(),
        ),
        Chef::Plating => ("the chef serves a dish", None),
        Chef::AtEase => ("the chef is done and at ease, with a cup in hand", None),
        Chef::Spent => ("the chef slumps, worn out from waiting", None),
        Chef::Dismayed => ("the chef is dismayed", None),
    };
    said.push_str(does);
    said.push_str(what.unwrap_or(""));
    let (mut on, mut served, mut spoilt) = (Vec::new(), Vec::new(), Vec::new());
    let mut unnoticed = Vec::new();
    let mut tried = scene.again.clone();
    for pot in &scene.stove {
        on.push(pot.task);
        if pot.is_unnoticed {
            unnoticed.push(pot.task);
        }
        if pot.attempt > 1 {
            tried.push((pot.task, pot.attempt));
        }
    }
    for dish in &scene.pass {
        let ended = if dish.is_good {
            &mut served
        } else {
            &mut spoilt
        };
        ended.push(dish.task);
    }
    list(&mut said, "waiting", &scene.waiting, names);
    list(&mut said, "on the stove", &on, names);
    list(&mut said, "done and unnoticed", &unnoticed, names);
    for (does, word) in workers::DOING {
        let busy = scene.workers.iter().filter(|worker| worker.does == does);
        let busy: Vec<usize> = busy.filter_map(|worker| worker.task).collect();
        list(&mut said, word, &busy, names);
    }
    // One by one as long as they are no more than a list of names.
    if tried.len() <= LISTED {
        for (task, attempt) in tried {
            list(&mut said, &again(scene, attempt), &[task], names);
        }
    }
    list(&mut said, "served", &served, names);
    list(&mut said, "spoilt", &spoilt, names);
    list(&mut said, "no longer wanted", &scene.unmade, names);
    if let Some(spare) = scene.spare {
        let (time, word) = match spare {
            Spare::Counting(_) => (String::new(), "free"),
            Spare::Free(time) => (time.spoken(), " free"),
            Spare::Lost(time) => (time.spoken(), " lost"),
        };
        said.push_str("; a sign says: ");
        said.push_str(&time);
        said.push_str(word);
    }
    said.push('.');
    said
}

fn list(said: &mut String, word: &str, tasks: &[usize], names: &[&str]) {
    if tasks.is_empty() {
        return;
    }
    said.push_str("; ");
    said.push_str(word);
    said.push_str(": ");
    if tasks.len() > LISTED {
        said.push_str(&tasks.len().to_string());
        return;
    }
    for (i, &task) in tasks.iter().enumerate() {
        if i > 0 {
            said.push_str(", ");
        }
        said.push_str(names.get(task).unwrap_or(&"?"));
    }
}
