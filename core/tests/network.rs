//! Promises about what the network did: every attempt gets its own entry, the
//! phases never turn back, and a host's connections are all that its calls get.

#![cfg(not(target_arch = "wasm32"))]

use std::cell::RefCell;
use std::collections::VecDeque;

use expert_chef_core::asked::hosts::{Hosts, PER_HOST};
use expert_chef_core::asked::resource::Resource;
use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::{
    Behaviour, Call, EndpointUrl, Scenario, Target, Task, Work,
};
use expert_chef_core::asked::strategy::Strategy as How;
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::{Failure, Outcome};
use expert_chef_core::recorded::phases::ResourceTiming;
use expert_chef_core::recorded::provenance::Source;
use expert_chef_core::recorded::recording::Recording;
use expert_chef_core::recorded::timeline::Timeline;
use expert_chef_core::run::client::{Client, SimulatedClient};
use expert_chef_core::run::event::{Event, EventKind};
use expert_chef_core::shown::scene::Scene;
use futures::channel::oneshot;
use proptest::prelude::*;
use support::virtual_clock::VirtualClock;
use support::{events_of, how, parse_url};

const BEGAN: Millis = Millis::new(1234.5);

fn ms(ms: u32) -> Millis {
    Millis::new(ms.into())
}

fn url(text: &str) -> EndpointUrl {
    EndpointUrl::parse(text, parse_url).expect("a URL that may be called")
}

/// Calls of those latencies, on one of that many hosts each.
fn tasks(latencies: &[(u32, usize)]) -> Vec<Task> {
    let calls = latencies.iter().enumerate();
    let calls = calls.map(|(index, &(latency, host))| Task {
        name: format!("call {index}"),
        start: Millis::ZERO,
        work: Work::Call(Target::Endpoint {
            url: url(&format!("http://host{host}.example/x")),
            expected: Some(Behaviour::good(ms(latency))),
        }),
    });
    calls.collect()
}

fn latencies() -> impl Strategy<Value = Vec<(u32, usize)>> {
    proptest::collection::vec((0_u32..2_000, 0_usize..3), 1..40)
}

/// A browser's connections: of the hosts that speak HTTP/1.1 no more calls are
/// under way than there are connections, first come, first served. Remembers
/// when each call got one.
struct Browser {
    client: SimulatedClient<VirtualClock>,
    clock: VirtualClock,
    known: Hosts,
    hosts: RefCell<Vec<Host>>,
    departures: RefCell<Vec<(String, Millis)>>,
}

struct Host {
    origin: String,
    free: usize,
    waiting: VecDeque<oneshot::Sender<()>>,
}

impl Browser {
    fn new(clock: &VirtualClock, limited: &[usize]) -> Self {
        let mut known = Hosts::default();
        for host in limited {
            known.limit(&format!("http://host{host}.example"));
        }
        Self {
            client: SimulatedClient::new(clock.clone()),
            clock: clock.clone(),
            known,
            hosts: RefCell::default(),
            departures: RefCell::default(),
        }
    }

    /// Takes a free connection, or says what to wait for.
    fn take(&self, origin: &str) -> Option<oneshot::Receiver<()>> {
        let mut hosts = self.hosts.borrow_mut();
        if hosts.iter().all(|host| host.origin != origin) {
            hosts.push(Host {
                origin: origin.into(),
                free: PER_HOST,
                waiting: VecDeque::new(),
            });
        }
        let host = hosts.iter_mut().find(|host| host.origin == origin)?;
        if host.free > 0 {
            host.free -= 1;
            return None;
        }
        let (turn, my_turn) = oneshot::channel();
        host.waiting.push_back(turn);
        Some(my_turn)
    }

    fn give(&self, origin: &str) {
        let mut hosts = self.hosts.borrow_mut();
        for host in hosts.iter_mut().filter(|host| host.origin == origin) {
            match host.waiting.pop_front() {
                Some(next) => next.send(()).expect("nobody was cancelled"),
                None => host.free += 1,
            }
        }
    }
}

impl Client for Browser {
    async fn call(&self, call: &Call<'_>, first_byte: impl FnOnce()) -> Result<(), Failure> {
        let origin = call.url.map_or("", EndpointUrl::origin);
        let is_limited = self.known.is_limited(origin);
        let turn = is_limited.then(|| self.take(origin)).flatten();
        if let Some(turn) = turn {
            turn.await.expect("its turn comes");
        }
        let departure = (call.name.to_owned(), self.clock.now());
        self.departures.borrow_mut().push(departure);
        let answer = self.client.call(call, first_byte).await;
        if is_limited {
            self.give(origin);
        }
        answer
    }
}

use expert_chef_core::run::clock::Clock as _;

fn blank(tasks: &[Task], how: How) -> Recording {
    let scenario = Scenario::custom(tasks.to_vec());
    let policy = RetryPolicy::default();
    Recording::new(
        scenario,
        &[how],
        &policy,
        Source::Network,
        &Hosts::default(),
    )
}

/// The recording of a run in such a browser, and the browser's entries.
fn recorded(tasks: &[Task], how: How, limited: &[usize]) -> (Recording, Vec<ResourceTiming>) {
    let clock = VirtualClock::new();
    let browser = Browser::new(&clock, limited);
    let policy = RetryPolicy::default();
    let mut recording = blank(tasks, how);
    recording.begin(0, BEGAN);
    for event in events_of(tasks, how, &policy, &browser, &clock) {
        recording.record(0, event).expect("events come in order");
    }
    let departures = browser.departures.take();
    let spans = recording.runs()[0].timeline().spans().iter();
    let entries = tasks.iter().zip(spans).map(|(task, span)| {
        let departed = departures.iter().find(|(name, _)| *name == task.name);
        let departed = BEGAN + departed.expect("each was sent").1;
        let start = BEGAN + span.started().expect("each was started");
        let end = BEGAN + span.ended.expect("each has ended").0;
        let origin = task.endpoint().expect("a URL").origin();
        let is_limited = browser.known.is_limited(origin);
        ResourceTiming {
            url: task.endpoint().expect("a URL").as_str().into(),
            start,
            connect_start: start,
            connect_end: start,
            request_start: departed,
            response_start: end,
            response_end: end,
            protocol: if is_limited { "http/1.1" } else { "h2" }.into(),
            server: None,
        }
    });
    let entries = entries.collect();
    (recording, entries)
}

/// How many were on their way at that time, and whether no two of them were in
/// the same place.
fn on_the_way(timeline: &Timeline, at: Millis) -> (usize, bool) {
    let attempts = timeline.spans().iter().flat_map(|span| &span.attempts);
    let is_there = |end: Millis, departed: Millis| departed <= at && at < end;
    let mut slots: Vec<usize> = attempts
        .filter(|one| one.ended.is_some_and(|end| is_there(end, one.departed())))
        .map(|attempt| attempt.slot)
        .collect();
    let count = slots.len();
    slots.sort_unstable();
    slots.dedup();
    (count, slots.len() == count)
}

proptest! {
    #[test]
    fn prediction_over_connections_is_the_virtual_makespan(
        latencies in latencies(), how in how(), limited in proptest::collection::vec(0_usize..3, 0..3),
    ) {
        // First and fail-fast cancel; who waits for a connection then is gone.
        prop_assume!(!matches!(how, How::First));
        let tasks = tasks(&latencies);
        let (recording, entries) = recorded(&tasks, how, &limited);
        let mut hosts = Hosts::default();
        hosts.learn(&entries);
        let predicted = how.forecast(&tasks, &RetryPolicy::default(), &hosts).map(|forecast| forecast.makespan);
        prop_assert_eq!(predicted, recording.runs()[0].total());
    }

    #[test]
    fn every_attempt_gets_its_own_entry_in_whatever_order_they_come(
        latencies in latencies(), order in any::<prop::sample::Index>(),
    ) {
        let tasks = tasks(&latencies);
        let (mut recording, mut entries) = recorded(&tasks, How::Join, &[0]);
        let wanted: Vec<Millis> = entries.iter().map(|entry| entry.response_end - BEGAN).collect();
        let middle = order.index(entries.len());
        entries.rotate_left(middle);
        entries.reverse();
        recording.measure(0, &entries, Vec::new());
        for (span, wanted) in recording.runs()[0].timeline().spans().iter().zip(wanted) {
            let phases = span.attempts[0].phases.expect("each attempt has phases");
            prop_assert!((phases.ended - wanted).ms().abs() < 0.01);
            prop_assert!(span.attempts[0].started <= phases.unstalled);
            prop_assert!(phases.unstalled <= phases.sent);
            prop_assert!(phases.sent <= phases.first_byte && phases.first_byte <= phases.ended);
        }
    }

    #[test]
    fn what_the_network_tells_is_laid_over_what_was_recorded(
        latencies in latencies(), how in how(), limited in proptest::collection::vec(0_usize..3, 0..3),
    ) {
        prop_assume!(!matches!(how, How::First));
        let tasks = tasks(&latencies);
        let (before, entries) = recorded(&tasks, how, &limited);
        let mut after = before.clone();
        after.measure(0, &entries, Vec::new());
        let (before, after) = (&before.runs()[0], &after.runs()[0]);
        prop_assert_eq!(before.recorded(), after.recorded());
        prop_assert_eq!(before.predicted(), after.predicted());
        prop_assert_eq!(before.timeline().events(), after.timeline().events());
        prop_assert_eq!(before.total(), after.total());
        let mut attempts = after.timeline().spans().iter().flat_map(|span| &span.attempts);
        prop_assert!(attempts.all(|attempt| attempt.phases.is_some()));
    }

    #[test]
    fn no_two_calls_are_ever_in_the_same_place(latencies in latencies()) {
        let tasks = tasks(&latencies);
        let (mut recording, entries) = recorded(&tasks, How::Join, &[0, 1]);
        recording.measure(0, &entries, Vec::new());
        let timeline = &recording.runs()[0].timeline();
        let mut most = 0;
        for event in timeline.events() {
            let (count, is_apart) = on_the_way(timeline, event.at);
            prop_assert!(is_apart);
            most = most.max(count);
        }
        prop_assert!(timeline.peak_in_flight(timeline.last_at()) >= most);
    }

    #[test]
    fn what_a_browser_says_never_turns_the_phases_back(
        times in proptest::collection::vec(0_u32..5_000, 6), server in proptest::option::of(0_u32..9_000),
    ) {
        let time = |index: usize| BEGAN + ms(times[index]);
        let entry = ResourceTiming {
            url: String::new(),
            start: time(0),
            connect_start: time(1),
            connect_end: time(2),
            request_start: time(3),
            response_start: time(4),
            response_end: time(5),
            protocol: String::new(),
            server: server.map(ms),
        };
        let phases = entry.phases(BEGAN).expect("it is not hidden");
        prop_assert!(phases.unstalled <= phases.sent && phases.sent <= phases.first_byte);
        prop_assert!(phases.first_byte <= phases.ended);
    }
}

#[test]
fn no_strategy_has_more_burners_than_its_hosts_let_calls_through() {
    // Eight of a host that is limited, and four of one that is not.
    let latencies: Vec<(u32, usize)> = (0..12).map(|n| (300, usize::from(n >= 8))).collect();
    for (how, burners) in [
        (How::Sequential, 10),
        (How::Join, 10),
        (How::FailFast, 10),
        (How::Pool(4), 4),
        (How::Pool(20), 10),
    ] {
        let (mut recording, entries) = recorded(&tasks(&latencies), how, &[0]);
        recording.measure(0, &entries, Vec::new());
        let run = &recording.runs()[0];
        let peak = run.timeline().peak_in_flight(run.timeline().last_at());
        assert!(peak <= burners);
        assert_eq!(run.burners(), burners, "{how}");
    }
}

#[test]
fn twelve_calls_of_one_http1_host_have_six_burners_and_theory_knows_for_the_next_run() {
    let tasks = tasks(&[(300, 0); 12]);
    let (mut recording, entries) = recorded(&tasks, How::Join, &[0]);
    assert_eq!(recording.crowded(), None, "before the browser told");
    recording.measure(0, &entries, Vec::new());
    let run = &recording.runs()[0];
    let scene = Scene::at(run, ms(100));
    assert_eq!((scene.burners, scene.stove.len()), (6, 6));
    assert_eq!(scene.waiting.len(), 6);
    let later = Scene::at(run, ms(400));
    assert_eq!((later.stove.len(), later.pass.len()), (6, 6));

    // What was said before the run stays said; the next is known better.
    assert_eq!(run.predicted(), Some(ms(300)));
    assert_eq!(recording.crowded(), Some(("http://host0.example", 12)));
    assert!(!recording.foresaw_crowd());
    let mut hosts = Hosts::default();
    hosts.learn(&entries);
    let next = Recording::new(
        recording.scenario().clone(),
        &[How::Join],
        &RetryPolicy::default(),
        Source::Network,
        &hosts,
    );
    assert_eq!(next.runs()[0].predicted(), Some(ms(600)));
    assert_eq!(next.crowded(), recording.crowded());
    assert!(next.foresaw_crowd());
    assert_eq!(Scene::at(&next.runs()[0], ms(0)).burners, 6);
}

#[test]
fn nothing_is_told_of_a_run_that_goes_on() {
    let tasks = tasks(&[(300, 0); 2]);
    let (whole, entries) = recorded(&tasks, How::Join, &[0]);
    let mut recording = blank(&tasks, How::Join);
    recording.begin(0, BEGAN);
    let events = whole.runs()[0].recorded().events();
    for event in &events[..events.len() - 1] {
        recording.record(0, *event).expect("in order");
    }
    recording.measure(0, &entries, Vec::new());
    assert!(!recording.is_measured());
}

#[test]
fn a_host_that_hides_its_times_is_said_to() {
    let tasks = tasks(&[(100, 0)]);
    let (mut recording, mut entries) = recorded(&tasks, How::Join, &[]);
    assert!(!recording.hides_timing());
    for entry in &mut entries {
        entry.request_start = Millis::ZERO;
        entry.protocol = String::new();
    }
    recording.measure(0, &entries, Vec::new());
    assert!(recording.hides_timing() && !recording.is_measured());
    assert_eq!(recording.runs()[0].predicted(), Some(ms(100)));
}

/// Whatever the host allows, of such calls the browser tells nothing.
#[test]
fn a_call_that_was_refused_or_given_up_does_not_say_that_its_host_hides_its_times() {
    for failure in [Failure::Network, Failure::TimedOut] {
        let mut recording = blank(&tasks(&[(100, 0)]), How::Join);
        recording.begin(0, BEGAN);
        let kinds = [
            EventKind::Queued,
            EventKind::Started(Resource::Connection),
            EventKind::Ended(Outcome::Failed(failure)),
        ];
        for kind in kinds {
            let at = ms(u32::from(kind == kinds[2]) * 100);
            let event = Event { at, task: 0, kind };
            recording.record(0, event).expect("in order");
        }
        let url = recording.scenario().tasks[0].endpoint().expect("a URL");
        let entry = ResourceTiming {
            url: url.as_str().into(),
            start: BEGAN,
            response_end: BEGAN + ms(100),
            ..ResourceTiming::default()
        };
        recording.measure(0, &[entry], Vec::new());
        assert!(!recording.hides_timing(), "{failure:?}");
    }
}

#[test]
fn calls_that_wait_for_connections_and_may_time_out_have_no_prediction() {
    let mut hosts = Hosts::default();
    hosts.limit("http://host0.example");
    let predict = |calls: usize, how: How, policy: &RetryPolicy| {
        how.forecast(&tasks(&vec![(300, 0); calls]), policy, &hosts)
            .map(|forecast| forecast.makespan)
    };
    let patient = RetryPolicy::default();
    let hasty = RetryPolicy {
        timeout: Some(ms(1000)),
        ..patient
    };
    assert_eq!(predict(12, How::Join, &patient), Some(ms(600)));
    assert_eq!(predict(12, How::Pool(8), &patient), Some(ms(600)));
    assert_eq!(predict(12, How::Join, &hasty), None);
    assert_eq!(predict(12, How::Pool(6), &hasty), Some(ms(600)));
    assert_eq!(predict(6, How::Join, &hasty), Some(ms(300)));
}

#[test]
fn an_origin_is_what_browsers_count_connections_by() {
    for (whole, origin) in [
        ("https://a.example/x/y?z=https://b", "https://a.example"),
        ("http://127.0.0.1:7001/user?ms=1", "http://127.0.0.1:7001"),
        ("http://[::1]:80/", "http://[::1]"),
    ] {
        assert_eq!(url(whole).origin(), origin);
    }
}
