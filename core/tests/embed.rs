//! Promises of what passes between an embedded page and its host.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::embed::{Command, Fields, Gate, Greeting, Told, height_to_ask};
use expert_chef_core::millis::Millis;
use proptest::prelude::*;

fn fields(version: f64, kind: &str) -> Fields {
    Fields {
        version: Some(version),
        kind: Some(kind.into()),
        ..Fields::default()
    }
}

fn any_fields() -> impl Strategy<Value = Fields> {
    const KINDS: &[&str] = &["run", "reset", "configure", "connect", "hello", "eval", ""];
    let version = prop_oneof![Just(1.0), any::<f64>()];
    (
        proptest::option::of(version),
        proptest::option::of(proptest::sample::select(KINDS)),
        proptest::option::of(any::<f64>()),
        proptest::option::of(".{0,40}"),
    )
        .prop_map(|(version, kind, id, query)| Fields {
            version,
            kind: kind.map(Into::into),
            id,
            query,
        })
}

proptest! {
    #[test]
    fn a_message_is_a_command_only_if_all_of_it_is(fields in any_fields()) {
        let command = Command::read(fields.clone());
        let is_ours = fields.version == Some(1.0);
        match (fields.kind.as_deref().filter(|_| is_ours), command) {
            (Some("run"), Some(Command::Run(id))) => {
                prop_assert_eq!(Some(id), fields.id);
                prop_assert!(id >= 0.0 && id.fract() == 0.0);
            }
            (Some("run"), None) => {
                prop_assert!(!fields.id.is_some_and(|id| (0.0..=9e15).contains(&id) && id.fract() == 0.0));
            }
            (Some("reset"), command) => prop_assert_eq!(command, Some(Command::Reset)),
            (Some("configure"), command) => {
                prop_assert_eq!(command, fields.query.map(Command::Configure));
            }
            (_, command) => prop_assert_eq!(command, None),
        }
    }

    #[test]
    fn no_flood_gets_through_faster_than_the_gate_lets_it(gaps in proptest::collection::vec(0_u16..40, 1..2000)) {
        let mut gate = Gate::new(Millis::ZERO);
        let mut now = 0.0;
        let mut admitted = 0.0;
        for gap in gaps {
            now += f64::from(gap);
            admitted += if gate.admits(Millis::new(now)) { 1.0 } else { 0.0 };
            prop_assert!(admitted <= 60.0 + now * 0.06 + 1e-6, "{admitted} in {now} ms");
        }
    }

    #[test]
    fn what_the_host_gives_is_what_is_asked_for_and_asked_once(content in 1_i32..20_000, frame in 0_i32..20_000) {
        if let Some(height) = height_to_ask(content, frame) {
            prop_assert_eq!(height, content);
            prop_assert_eq!(height_to_ask(content, height), None);
        } else {
            prop_assert!(content <= frame && frame - content <= 24);
        }
    }
}

#[test]
fn a_patient_host_is_always_let_through() {
    let mut gate = Gate::new(Millis::ZERO);
    for message in 0..1000 {
        assert!(
            gate.admits(Millis::new(f64::from(message) * 17.0)),
            "{message}"
        );
    }
}

#[test]
fn only_a_greeting_of_this_version_is_one() {
    assert_eq!(Greeting::read(&fields(1.0, "connect")), Some(Greeting));
    assert_eq!(Greeting::read(&fields(2.0, "connect")), None);
    assert_eq!(Greeting::read(&fields(1.0, "hello")), None);
    assert_eq!(Greeting::read(&Fields::default()), None);
}

#[test]
fn a_stage_that_is_not_shown_asks_for_nothing() {
    assert_eq!(height_to_ask(0, 700), None);
}

#[test]
fn the_elements_events_are_named_as_the_documents() {
    let kinds = Told::ALL.map(Told::kind);
    assert_eq!(kinds, ["ready", "run", "finished", "error"]);
}
