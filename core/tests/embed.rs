//! Promises of what passes between an embedded page and its host.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::embed::{Command, Fields, Greeting, Inbox, Told, height_to_ask};
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

/// What a stage makes of commands: its orders, and the run that goes on.
#[derive(Debug, Default, PartialEq)]
struct Stage {
    orders: String,
    run: Option<f64>,
}

impl Stage {
    /// The number of the run that this ends.
    fn obey(&mut self, command: Command) -> Option<f64> {
        let ended = self.run.take();
        match command {
            Command::Run(id) => self.run = Some(id),
            Command::Reset => {}
            Command::Configure(query) => self.orders = query,
        }
        ended
    }
}

/// A time that passes, and a command after it.
fn step() -> impl Strategy<Value = (Millis, Option<Command>)> {
    let command = prop_oneof![
        (0_u32..1000).prop_map(|id| Command::Run(id.into())),
        Just(Command::Reset),
        "[a-z]{1,4}".prop_map(Command::Configure),
    ];
    let gap = prop_oneof![Just(0_u16), 0_u16..40].prop_map(|gap| Millis::new(gap.into()));
    (gap, proptest::option::weighted(0.8, command))
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
    fn a_flood_is_thinned_out_and_leads_where_it_would(steps in proptest::collection::vec(step(), 1..400)) {
        let mut inbox = Inbox::default();
        let (mut told, mut thinned) = (Stage::default(), Stage::default());
        let (mut now, mut last) = (Millis::ZERO, None);
        let (mut asked, mut answered) = (Vec::new(), Vec::new());
        for (gap, command) in steps {
            now += gap;
            if let Some(command) = command {
                asked.extend(told.obey(command.clone()));
                answered.extend(inbox.put(command));
            }
            let batch = inbox.take(now);
            if !batch.is_empty() {
                // A hair less than a sixtieth of a second, for rounding.
                prop_assert!(last.is_none_or(|last| now - last >= Millis::new(16.6)));
                last = Some(now);
            }
            prop_assert!(batch.len() <= 3);
            for command in batch {
                answered.extend(thinned.obey(command));
            }
        }
        if let Some(wait) = inbox.due(now) {
            prop_assert!(Millis::ZERO < wait && wait < Millis::new(17.0));
            for command in inbox.take(now + wait) {
                answered.extend(thinned.obey(command));
            }
        }
        prop_assert_eq!(inbox.due(now), None);
        prop_assert_eq!(&thinned, &told);
        // Each run has one answer, if not in the same order.
        asked.sort_by(f64::total_cmp);
        answered.sort_by(f64::total_cmp);
        prop_assert_eq!(answered, asked);
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
fn a_patient_host_never_waits() {
    let mut inbox = Inbox::default();
    for id in 0..1000 {
        let (id, now) = (f64::from(id), Millis::new(f64::from(id) * 17.0));
        assert_eq!(inbox.put(Command::Run(id)), None);
        assert_eq!(inbox.take(now), [Command::Run(id)]);
    }
}

#[test]
fn of_a_flood_the_last_state_and_the_last_run_are_left() {
    let mut inbox = Inbox::default();
    let mut aborted = 0;
    for message in 0..100_000 {
        let configure = Command::Configure(format!("seed={message}"));
        aborted += inbox.put(configure).iter().count();
        aborted += inbox.put(Command::Reset).iter().count();
        aborted += inbox.put(Command::Run(f64::from(message))).iter().count();
    }
    assert_eq!(aborted, 99_999);
    let batch = inbox.take(Millis::ZERO);
    let last = Command::Configure("seed=99999".into());
    assert_eq!(batch, [last, Command::Reset, Command::Run(99_999.0)]);
    assert_eq!(inbox.due(Millis::ZERO), None);
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
