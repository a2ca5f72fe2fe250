//! Promises of the editor: whatever is pressed and typed, the scenario can be
//! run, can be written into a link, and comes back step by step.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::config::Config;
use expert_chef_core::asked::editor::{
    Direction, Edit, EditError, Editor, Field, LISTED, MAX_STEPS,
};
use expert_chef_core::asked::scenario::{
    Behaviour, EndpointError, EndpointUrl, Fault, FaultKind, MAX_LATENCY, MAX_TASKS, Scenario,
    Task, parse_name, parse_tasks, tasks_to_string,
};
use proptest::prelude::*;
use support::{any_tasks, fault, limit, parse_url};

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-c]{1,2}( [1-3])?",
        "[0-9]{1,5}(\\.[0-9]{0,3})?",
        ".{0,50}",
        "[ .]{0,3}",
        "(https?|ftp)://[a-z:@]{1,6}\\.example/[a-z?=,:]{0,6}",
    ]
}

fn edit() -> impl Strategy<Value = Edit> {
    let index = || 0_usize..45;
    let field = prop_oneof![
        Just(Field::Name),
        Just(Field::Latency),
        Just(Field::Jitter),
        Just(Field::Address),
        Just(Field::Compute),
        Just(Field::Times)
    ];
    let direction = prop_oneof![Just(Direction::Up), Just(Direction::Down)];
    let kind = prop_oneof![
        any::<u16>().prop_map(FaultKind::Status),
        any::<u8>().prop_map(FaultKind::Limit),
    ];
    let wild = (kind, proptest::option::of(any::<u32>()));
    let wild = wild.prop_map(|(kind, times)| Some(Fault { kind, times }));
    prop_oneof![
        Just(Edit::Add),
        index().prop_map(Edit::Remove),
        (index(), direction).prop_map(|(index, way)| Edit::Move(index, way)),
        (index(), field, text()).prop_map(|(index, field, text)| Edit::Type(index, field, text)),
        (index(), prop_oneof![fault(), limit().prop_map(Some), wild])
            .prop_map(|(index, fault)| Edit::Fault(index, fault)),
        (
            index(),
            prop_oneof![8 => "[0-9]", 1 => "[0-9]{3}", 1 => text()]
        )
            .prop_map(|(index, times)| Edit::Repeat(index, times)),
    ]
}

fn check(tasks: &[Task]) -> Result<(), TestCaseError> {
    prop_assert!((1..=MAX_TASKS).contains(&tasks.len()));
    let mut names = std::collections::BTreeSet::new();
    for task in tasks {
        prop_assert_eq!(parse_name(&task.name), Ok(task.name.clone()));
        prop_assert!(names.insert(&task.name), "{} twice", task.name);
        if let Some(Behaviour {
            latency, jitter, ..
        }) = task.behaviour()
        {
            prop_assert!(*latency <= MAX_LATENCY && *jitter <= MAX_LATENCY);
        }
        if let Some(url) = task.endpoint() {
            prop_assert!(EndpointUrl::parse(url.as_str(), parse_url).is_ok());
        }
    }
    Ok(())
}

proptest! {
    // Each goes through some sixty scenarios of up to a thousand calls.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_done_the_scenario_can_be_run_and_linked_to(
        tasks in any_tasks(),
        edits in proptest::collection::vec(prop_oneof![9 => edit(), 1 => Just(Edit::Undo)], 0..60),
    ) {
        let mut editor = Editor::new(&tasks);
        for edit in edits {
            let before = editor.tasks().to_vec();
            let is_changed = editor.apply(edit, parse_url);
            prop_assert_eq!(is_changed, before != editor.tasks());
            check(editor.tasks())?;
            let config = Config {
                scenario: Scenario::of(editor.tasks().to_vec()),
                ..Config::default()
            };
            let (back, problems) = Config::parse(&config.to_query(), parse_url);
            prop_assert_eq!(problems, vec![]);
            prop_assert_eq!(back.scenario.tasks, editor.tasks());
            if let Some((_, index)) = editor.focus() {
                prop_assert!(index < editor.tasks().len().min(45 + LISTED));
            }
        }
    }

    #[test]
    fn as_many_steps_back_lead_to_where_it_began(
        tasks in any_tasks(),
        edits in proptest::collection::vec(edit(), 0..60),
    ) {
        let mut editor = Editor::new(&tasks);
        let mut states = Vec::new();
        for edit in edits {
            let before = editor.tasks().to_vec();
            if editor.apply(edit, parse_url) {
                states.push(before);
            }
            editor.settle();
        }
        while let Some(state) = states.pop() {
            prop_assert!(editor.can_undo());
            editor.apply(Edit::Undo, parse_url);
            prop_assert_eq!(editor.tasks(), state);
        }
        prop_assert!(!editor.can_undo());
        prop_assert!(!editor.apply(Edit::Undo, parse_url));
    }

    #[test]
    fn steps_that_ran_together_are_taken_back_together(
        tasks in any_tasks(),
        edits in proptest::collection::vec(edit(), 0..60),
    ) {
        let mut editor = Editor::new(&tasks);
        for edit in edits {
            editor.apply(edit, parse_url);
        }
        while editor.can_undo() {
            editor.apply(Edit::Undo, parse_url);
        }
        prop_assert_eq!(editor.tasks(), tasks);
    }

    #[test]
    fn no_attribute_panics(edit in "[a-z]{0,8}|rename|fault|repeat", index in any::<usize>(), value in text()) {
        let mut editor = Editor::new(&Scenario::default().tasks);
        if let Some(edit) = Edit::from_dom(&edit, index, &value) {
            editor.apply(edit, parse_url);
        }
        check(editor.tasks())?;
    }
}

fn dashboard() -> Editor {
    Editor::new(&Scenario::default().tasks)
}

fn names(editor: &Editor) -> Vec<&str> {
    editor
        .tasks()
        .iter()
        .map(|task| task.name.as_str())
        .collect()
}

/// As the page hands it in.
fn press(editor: &mut Editor, edit: &str, index: usize, value: &str) -> bool {
    let edit = Edit::from_dom(edit, index, value).expect("is known");
    editor.apply(edit, parse_url)
}

#[test]
fn what_cannot_be_used_stays_in_its_field_and_goes_no_further() {
    let mut editor = dashboard();
    for (edit, field, text, error) in [
        ("rename", Field::Name, "", EditError::Name),
        ("rename", Field::Name, "..", EditError::Name),
        ("rename", Field::Name, "billing", EditError::Taken),
        ("latency", Field::Latency, "fast", EditError::Time),
        ("latency", Field::Latency, "30001", EditError::Time),
        ("jitter", Field::Jitter, "-1", EditError::Time),
        ("times", Field::Times, "1", EditError::Times),
        ("times", Field::Times, "999", EditError::TooMany),
        (
            "repeat",
            Field::Times,
            "99999999999999999999",
            EditError::Times,
        ),
    ] {
        assert!(!press(&mut editor, edit, 0, text), "{text}");
        editor.settle();
        assert_eq!(editor.text(0, field), text);
        assert_eq!(editor.error(0, field), Some(error), "{text}");
        assert_eq!(editor.tasks(), Scenario::default().tasks);
    }
    // It moves with its call.
    press(&mut editor, "down", 0, "");
    assert_eq!(editor.error(1, Field::Latency), Some(EditError::Time));
    press(&mut editor, "repeat", 0, "4");
    assert_eq!(editor.error(4, Field::Latency), Some(EditError::Time));
    press(&mut editor, "remove", 0, "");
    assert_eq!(editor.text(3, Field::Latency), "30001");
    assert!(press(&mut editor, "latency", 3, "250"));
    assert_eq!(editor.error(3, Field::Latency), None);
}

#[test]
fn typing_a_word_is_one_step_and_is_not_meddled_with() {
    let mut editor = dashboard();
    for typed in ["m", "my", "my ", "my c", "my ca"] {
        press(&mut editor, "rename", 0, typed);
        assert_eq!(editor.text(0, Field::Name), typed);
    }
    press(&mut editor, "rename", 0, "my ");
    editor.settle();
    assert_eq!(editor.text(0, Field::Name), "my");
    press(&mut editor, "undo", 0, "");
    assert_eq!(names(&editor)[0], "user");
    assert!(!editor.can_undo());
}

#[test]
fn copies_are_numbered_and_stand_together() {
    let mut editor = dashboard();
    assert!(press(&mut editor, "repeat", 1, "3"));
    assert_eq!(
        names(&editor),
        ["user", "billing", "billing 2", "billing 3", "orders"]
    );
    assert!(press(&mut editor, "repeat", 2, "2"));
    assert_eq!(names(&editor)[3], "billing 4");
    let long = "x".repeat(40);
    press(&mut editor, "rename", 0, &long);
    press(&mut editor, "repeat", 0, "2");
    assert_eq!(editor.tasks()[1].name, format!("{} 2", "x".repeat(38)));
    assert!(press(&mut editor, "repeat", 0, "993"));
    assert_eq!(editor.tasks().len(), MAX_TASKS - 1);
    assert!(press(&mut editor, "add", 0, ""));
    assert!(!editor.can_add());
    assert!(!press(&mut editor, "add", 0, ""));
}

#[test]
fn the_last_call_stays() {
    let mut editor = dashboard();
    assert!(press(&mut editor, "remove", 0, ""));
    assert!(press(&mut editor, "remove", 0, ""));
    assert!(!press(&mut editor, "remove", 0, ""));
    assert_eq!(names(&editor), ["orders"]);
}

#[test]
fn only_so_many_steps_are_kept() {
    let mut editor = dashboard();
    for _ in 0..=MAX_STEPS {
        press(&mut editor, "add", 0, "");
    }
    while editor.can_undo() {
        press(&mut editor, "undo", 0, "");
    }
    assert_eq!(names(&editor), ["user", "billing", "orders", "call 4"]);
}

#[test]
fn addresses_are_renamed_moved_and_repeated_and_need_no_expectation() {
    let query = "tasks=a:100&endpoint=b@https://b.example/";
    let tasks = Config::parse(query, parse_url).0.scenario.tasks;
    let mut editor = Editor::new(&tasks);
    assert!(!press(&mut editor, "fault", 1, "500"));
    assert!(press(&mut editor, "latency", 1, "100"));
    assert!(press(&mut editor, "fault", 1, "500"));
    assert!(press(&mut editor, "latency", 1, ""));
    assert_eq!(editor.tasks()[1].behaviour(), None);
    assert!(!press(&mut editor, "rename", 1, "b@c"));
    assert_eq!(editor.error(1, Field::Name), Some(EditError::At));
    assert!(press(&mut editor, "repeat", 1, "12"));
    let urls = Scenario::custom(editor.tasks().to_vec());
    assert_eq!(
        urls.endpoints()
            .filter(|(_, url)| url.as_str() == "https://b.example/")
            .count(),
        12
    );
    assert!(press(&mut editor, "rename", 1, "c"));
}

#[test]
fn an_address_takes_the_services_place_and_gives_it_back() {
    let mut editor = dashboard();
    let user = editor.tasks()[0].clone();
    let url = "https://me.example/user?id=1";
    for (bad, error) in [
        ("me.example", EndpointError::Form),
        ("ftp://me.example/", EndpointError::Form),
        ("https://me:secret@me.example/", EndpointError::Credentials),
    ] {
        assert!(!press(&mut editor, "address", 0, bad));
        let error = Some(EditError::Address(error));
        assert_eq!(editor.error(0, Field::Address), error);
    }
    assert!(press(&mut editor, "address", 0, url));
    assert_eq!(editor.error(0, Field::Address), None);
    let task = &editor.tasks()[0];
    assert_eq!(task.endpoint().map(EndpointUrl::as_str), Some(url));
    assert_eq!(task.behaviour(), user.behaviour());
    editor.settle();
    assert!(press(&mut editor, "address", 0, ""));
    assert_eq!(editor.tasks()[0], user);

    press(&mut editor, "rename", 1, "a@b");
    assert!(!press(&mut editor, "address", 1, url));
    assert_eq!(editor.error(1, Field::Address), Some(EditError::At));
}

#[test]
fn other_calls_come_with_a_history_of_their_own() {
    let mut editor = dashboard();
    press(&mut editor, "add", 0, "");
    let tasks = editor.tasks().to_vec();
    editor.turn_to(&tasks);
    assert!(editor.can_undo());
    editor.turn_to(&Scenario::default().tasks);
    assert!(!editor.can_undo());
}

#[test]
fn every_preset_is_known_valid_and_found_again() {
    for preset in Scenario::PRESETS {
        let scenario = Scenario::preset(preset.id).expect("a preset");
        assert_eq!((&*scenario.id, &*scenario.title), (preset.id, preset.title));
        let tasks = parse_tasks(&tasks_to_string(&scenario.tasks));
        assert_eq!(tasks.as_ref(), Ok(&scenario.tasks));
        assert_eq!(Scenario::of(scenario.tasks.clone()), scenario);
    }
    let sizes: Vec<usize> = Scenario::presets()
        .map(|preset| preset.tasks.len())
        .collect();
    assert_eq!(sizes, [3, 2, 3, 50, 10, 12, 2, 4, 100]);
}
