//! Promises of the editor's panel.

use expert_chef::view::editor::editor as panel;
use expert_chef_core::asked::config::Config;
use expert_chef_core::asked::editor::{Edit, Editor, LISTED};
use expert_chef_core::asked::scenario::{Scenario, parse_tasks};
use support::parse_url;

fn press(editor: &mut Editor, edit: &str, index: usize, value: &str) {
    let edit = Edit::from_dom(edit, index, value).expect("an edit");
    editor.apply(edit, parse_url);
}

#[test]
fn a_long_list_is_cut_and_says_so() {
    let editor = Editor::new(&Scenario::preset("fifty-orders").expect("a preset").tasks);
    let written = panel(&editor).to_string();
    assert_eq!(written.matches("editor__row\"").count(), LISTED);
    assert!(written.contains("And 20 more"));
}

#[test]
fn each_row_offers_what_can_be_done_and_says_what_is_wrong() {
    let mut editor = Editor::new(&parse_tasks("a:100:503*7,b:20").expect("tasks"));
    press(&mut editor, "latency", 1, "soon");
    let written = panel(&editor).to_string();
    for part in [
        "<option value=\"503*7\">503*7</option>",
        "aria-label=\"Remove: b\"",
        "aria-invalid=\"true\" value=\"soon\"",
        "Write 0 to 30000 ms.",
        "data-edit=\"repeat\" data-index=\"1\"",
    ] {
        assert!(written.contains(part), "{part} in {written}");
    }
    // What the page can press is understood.
    for piece in written.split("data-edit=\"").skip(1) {
        let edit = piece.split('"').next().expect("a name");
        assert!(Edit::from_dom(edit, 0, "").is_some(), "{edit}");
    }
}

/// For whoever changes how it looks: writes pages to be looked at.
#[test]
#[ignore = "writes files"]
fn pages_to_look_at() {
    let query = "tasks=user:500,billing:400:503*2,orders:1200~50,x:20000&endpoint=real@https://services.example/a/long/path?with=a%20query";
    let mut editor = Editor::new(&Config::parse(query, parse_url).0.scenario.tasks);
    press(&mut editor, "rename", 1, "orders");
    press(&mut editor, "latency", 2, "quick");
    press(&mut editor, "times", 2, "0");
    let body = panel(&editor).to_string();
    let styles: String = ["tokens", "style", "panels", "editor"]
        .iter()
        .map(|name| std::fs::read_to_string(format!("www/{name}.css")).expect("a style sheet"))
        .collect();
    for theme in ["light", "dark"] {
        let page = format!(
            "<!doctype html><html data-theme={theme}><meta name=viewport content=width=device-width><style>{styles}</style><div class=page><div class=stage>{}</div></div></html>",
            body.replacen("<details", "<details open", 1)
        );
        std::fs::write(
            std::env::temp_dir().join(format!("editor-{theme}.html")),
            page,
        )
        .expect("is written");
    }
}
