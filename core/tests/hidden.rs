//! Promises about a page that nobody sees, whose timers wake late: whether an
//! answer came in time is judged by the clock, and the recording says when the
//! page was hidden.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::config::Config;
use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::{Call, Task, parse_tasks};
use expert_chef_core::asked::strategy::Strategy as How;
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::{Failure, Outcome};
use expert_chef_core::recorded::timeline::Timeline;
use expert_chef_core::run::client::Client;
use expert_chef_core::run::clock::Clock;
use expert_chef_core::run::execute::{Thread, execute};
use expert_chef_core::run::gate::Gate;
use expert_chef_core::run::hands::Hands;
use expert_chef_core::shown::chart::{Chart, Grid, LanesCache};
use expert_chef_core::shown::stage::{Msg, Stage};
use expert_chef_core::written::{self, result::result};
use proptest::prelude::*;
use support::stages::Staged;
use support::virtual_clock::VirtualClock;
use support::virtual_hands::{VirtualProcessor, VirtualWorkers};
use support::{events, parse_url};

fn ms(ms: f64) -> Millis {
    Millis::new(ms)
}

/// A clock whose timers wake with a beat, as browsers have it in hidden pages.
struct Throttled {
    clock: VirtualClock,
    beat: Millis,
}

impl Clock for Throttled {
    fn now(&self) -> Millis {
        self.clock.now()
    }

    fn sleep(&self, duration: Millis) -> impl Future<Output = ()> {
        let beats = ((self.now() + duration).ms() / self.beat.ms()).ceil();
        self.clock.sleep(self.beat * beats - self.now())
    }
}

/// The network, which keeps no beat: the headers come at half the time.
struct Network(VirtualClock);

impl Client for Network {
    async fn call(&self, call: &Call<'_>, first_byte: impl FnOnce()) -> Result<(), Failure> {
        let takes = call.drawn.map_or(Millis::ZERO, |drawn| drawn.latency);
        self.0.sleep(takes * 0.5).await;
        first_byte();
        self.0.sleep(takes * 0.5).await;
        Ok(())
    }
}

fn throttled(tasks: &[Task], how: How, policy: &RetryPolicy, beat: f64) -> Timeline {
    let clock = VirtualClock::new();
    let late = Throttled {
        clock: clock.clone(),
        beat: ms(beat),
    };
    let client = Network(clock.clone());
    let hands = Hands::new(VirtualProcessor(clock.clone()));
    let thread = Thread {
        client: &client,
        clock: &late,
        hands: &hands,
        gate: &Gate::default(),
    };
    let workers = VirtualWorkers {
        client: &client,
        clock: &clock,
        cores: 2,
    };
    let mut timeline = Timeline::new(tasks.len());
    let record = |event| timeline.record(event).expect("events come in order");
    let run = execute(tasks, how, policy, &thread, &workers, record);
    clock.run(run).expect("the run waits for the clock only");
    timeline
}

proptest! {
    /// Whether the timer or the answer wakes first, and however late.
    #[test]
    fn an_answer_counts_just_when_it_took_less_than_it_may(
        latencies in proptest::collection::vec(1_u32..2000, 1..8),
        limit in 1_u32..2000,
        beat in proptest::sample::select(&[1.0, 16.0, 1000.0, 60_000.0][..]),
        how in proptest::sample::select(&[How::Sequential, How::Join, How::Pool(2)][..]),
    ) {
        let list = latencies.iter().enumerate().map(|(n, takes)| format!("t{n}:{takes}"));
        let tasks = parse_tasks(&list.collect::<Vec<_>>().join(",")).expect("tasks");
        let policy = RetryPolicy { timeout: Some(ms(limit.into())), ..RetryPolicy::default() };
        let timeline = throttled(&tasks, how, &policy, beat);
        for (span, takes) in timeline.spans().iter().zip(latencies) {
            let (end, outcome) = span.ended.expect("it is over");
            let expected = match takes < limit {
                true => Outcome::Ok,
                false => Outcome::Failed(Failure::TimedOut),
            };
            prop_assert_eq!(outcome, expected);
            // It was over when that was noticed, and no sooner than its limit.
            let took = end - span.started().expect("it was sent");
            prop_assert!((took.ms() >= takes.min(limit).into()), "{} of {}", took, takes);
        }
    }
}

#[test]
fn an_answer_of_309_ms_is_no_answer_within_250() {
    let tasks = parse_tasks("a:309").expect("tasks");
    let policy = RetryPolicy {
        timeout: Some(ms(250.0)),
        ..RetryPolicy::default()
    };
    let timeline = throttled(&tasks, How::Join, &policy, 1000.0);
    let ended = timeline.spans()[0].ended;
    assert_eq!(ended, Some((ms(309.0), Outcome::Failed(Failure::TimedOut))));
}

/// One kitchen of three calls, hidden at these times and seen at those.
fn hidden(moments: &[f64]) -> Stage {
    let (config, _) = Config::parse("compare=sequential,join", parse_url);
    let tasks = config.scenario.tasks.clone();
    let [first, second] = [How::Sequential, How::Join].map(|how| events(&tasks, how));
    let mut staged = Staged::running(config);
    staged.tell_at(100.0, Msg::Began(0));
    staged.tell_at(100.0, Msg::Hidden(false));
    staged.tell_at(100.0, Msg::Began(1));
    staged.tell_at(100.0, Msg::Hidden(false));
    for (turn, at) in moments.iter().enumerate() {
        staged.tell_at(100.0 + at, Msg::Hidden(turn % 2 == 0));
    }
    for (run, events) in [first, second].into_iter().enumerate() {
        for event in events {
            staged.tell_at(3000.0, Msg::Happened(run, event));
        }
    }
    staged.tell_at(4000.0, Msg::Finished);
    staged.stage
}

fn lanes(stage: &Stage) -> String {
    let chart = Chart::whole(stage, ms(4000.0));
    let drawn = chart.rows.iter().map(|row| {
        let mut cache = LanesCache::default();
        chart.lanes(row, Grid::Stretched, &mut cache).to_string()
    });
    drawn.collect()
}

#[test]
fn what_a_hidden_page_stretched_is_marked_and_told() {
    let stage = hidden(&[200.0, 700.0, 2000.0]);
    let recording = stage.recording();
    let stretches = |run: usize| -> Vec<_> {
        let hidden = recording.runs()[run].hidden().into_iter();
        hidden
            .map(|(from, until)| (from.ms(), until.ms()))
            .collect()
    };
    // The second was over before it was hidden again.
    assert_eq!(stretches(0), [(200.0, 700.0), (2000.0, 2500.0)]);
    assert_eq!(stretches(1), [(200.0, 700.0)]);
    assert_eq!(recording.hidden(), ms(1000.0));
    let json = result(recording).expect("it is over").to_string();
    assert_eq!(json.matches("\"hiddenMs\":1000").count(), 1, "{json}");
    assert_eq!(json.matches("\"hiddenMs\":500").count(), 1, "{json}");
    assert_eq!(lanes(&stage).matches("chart__hidden").count(), 3);
    let trace = written::content(&stage, ms(4000.0), "trace").expect("a trace");
    let event = r#""name":"hidden","cat":"page","ph":"X","pid":1,"tid":0,"ts":200000,"dur":500000"#;
    assert!(trace.contains(event), "{trace}");
    let picture = written::content(&stage, ms(4000.0), "timeline.svg").expect("a picture");
    assert_eq!(picture.matches("chart__hidden").count(), 3);
}

#[test]
fn of_a_page_that_was_seen_nothing_is_said() {
    for stage in [hidden(&[]), hidden(&[2600.0, 2700.0])] {
        let recording = stage.recording();
        assert_eq!(recording.hidden(), Millis::ZERO);
        let json = result(recording).expect("it is over").to_string();
        assert!(!json.contains("hidden"), "{json}");
        assert!(!lanes(&stage).contains("chart__hidden"));
    }
}
