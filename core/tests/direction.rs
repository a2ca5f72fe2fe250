//! The house keeps its direction: each folder uses those before it and none
//! after, and nothing in it knows a browser.

use std::fs;
use std::path::Path;

/// The way of the data; what lies under all has no folder.
const WAY: [&str; 5] = ["asked", "run", "recorded", "shown", "written"];

fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            let text = fs::read_to_string(&path).expect("a source file");
            let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
            let name = path.strip_prefix(src).expect("within the crate");
            found.push((name.to_string_lossy().into_owned(), text));
        }
    }
}

#[test]
fn no_folder_uses_one_that_comes_after_it() {
    let mut found = Vec::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut found,
    );
    let mut checked = 0;
    for (name, text) in found {
        let first = name.split(['/', '.']).next().expect("a name");
        let own = WAY.iter().position(|folder| *folder == first);
        // The table of contents names them all.
        let later = match own {
            Some(own) => &WAY[own + 1..],
            None if name == "lib.rs" => continue,
            None => &WAY[..],
        };
        for folder in later {
            assert!(
                !text.contains(&format!("crate::{folder}")),
                "{name} uses {folder}"
            );
        }
        checked += 1;
    }
    assert!(checked > 40, "{checked}");
}

#[test]
fn the_core_depends_on_nothing_that_knows_a_browser() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let tree = std::process::Command::new(cargo)
        .args(["tree", "--package", "expert-chef-core", "--target", "all"])
        .args(["--edges", "normal", "--prefix", "none", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let tree = String::from_utf8(tree.stdout).expect("text");
    assert!(tree.contains("expert-chef-core"), "{tree}");
    for name in ["wasm-bindgen", "js-sys", "web-sys", "gloo"] {
        assert!(!tree.contains(name), "{name} in {tree}");
    }
}
