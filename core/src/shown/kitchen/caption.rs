//! The picture in one sentence, for whoever does not see it; it changes when
//! something happens and not with every frame.

use crate::shown::scene::{Chef, Dish, Scene};

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
        Chef::Chopping => ("the chef chops while the pots boil", None),
        Chef::Plating(_) => ("the chef serves a dish", None),
        Chef::Proud => ("the chef is proud", None),
        Chef::Dismayed => ("the chef is dismayed", None),
    };
    said.push_str(does);
    said.push_str(what.unwrap_or(""));
    let tasks = |of: &[Dish]| of.iter().map(|dish| dish.task).collect::<Vec<_>>();
    let on: Vec<usize> = scene.stove.iter().map(|pot| pot.task).collect();
    list(&mut said, "waiting", &scene.waiting, names);
    list(&mut said, "on the stove", &on, names);
    list(&mut said, "served", &tasks(&scene.pass), names);
    list(&mut said, "boiled over", &tasks(&scene.spilled), names);
    list(&mut said, "taken off", &tasks(&scene.taken_off), names);
    list(&mut said, "no longer wanted", &scene.unmade, names);
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
