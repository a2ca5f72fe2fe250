//! Promises about who answers: the source says it of every call, however the
//! page came by its URL, and theory goes by it.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::backing::Backing;
use expert_chef_core::asked::config::Config;
use expert_chef_core::asked::hosts::{Hosts, PER_HOST};
use expert_chef_core::asked::resource::Resource;
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::Outcome;
use expert_chef_core::recorded::phases::ResourceTiming;
use expert_chef_core::recorded::provenance::Source;
use expert_chef_core::run::event::{Event, EventKind};
use expert_chef_core::shown::stage::Msg;
use support::parse_url;
use support::stages::{SERVICES, Staged, WORKER};

/// A stage with these orders, ready.
fn ready(query: &str, backing: Backing) -> Staged {
    let (config, problems) = Config::parse(query, parse_url);
    assert!(problems.is_empty(), "{problems:?}");
    let mut staged = Staged::loading(config);
    staged.tell(Msg::Loaded(backing));
    staged
}

/// Where a call of this URL comes from, before the run and in it.
fn source(url: &str, backing: Backing) -> Source {
    let mut staged = ready(&format!("endpoint=a@{url}"), backing);
    let before = staged.stage.recording().source();
    staged.tell(Msg::Started(backing));
    assert_eq!(staged.stage.recording().source(), before);
    before
}

#[test]
fn what_the_worker_answers_is_said_to_be_its_answer() {
    for url in [
        "https://chef.example/expert-chef-services/user?ms=50",
        "https://chef.example/expert-chef-services/",
        "HTTPS://CHEF.example:443/x/.././expert-chef-services/user",
    ] {
        assert_eq!(source(url, WORKER), Source::ServiceWorker, "{url}");
        assert_eq!(source(url, Backing::Timers), Source::Network, "{url}");
    }
    for url in [
        "https://chef.example/expert-chef-services",
        "https://chef.example/chef/expert-chef-services/user",
        "https://chef.example/Expert-Chef-Services/user",
        "https://other.example/chef/expert-chef-services/user",
        "http://chef.example/expert-chef-services/user",
        "https://chef.example/?https://chef.example/expert-chef-services/",
    ] {
        assert_eq!(source(url, WORKER), Source::Network, "{url}");
    }
}

#[test]
fn the_least_real_of_several_answers_is_the_source() {
    let both = format!("endpoint=a@{SERVICES}a&endpoint=b@https://other.example/");
    let source = |query: &str, backing| ready(query, backing).stage.recording().source();
    assert_eq!(source(&both, WORKER), Source::ServiceWorker);
    assert_eq!(source(&both, Backing::Timers), Source::Network);
    let beside_a_service = format!("tasks=a:50,b:50&endpoint=b@{SERVICES}b");
    assert_eq!(source(&beside_a_service, WORKER), Source::ServiceWorker);
    assert_eq!(
        source(&beside_a_service, Backing::Timers),
        Source::Simulated
    );
}

#[test]
fn what_the_worker_answers_takes_no_connection_of_its_host() {
    let names: Vec<String> = (0..=PER_HOST).map(|call| format!("call{call}")).collect();
    let tasks: Vec<String> = names.iter().map(|name| format!("{name}:100")).collect();
    let endpoints: Vec<String> = names
        .iter()
        .map(|name| format!("endpoint={name}@{SERVICES}{name}"))
        .collect();
    let query = format!(
        "compare=sequential,join&tasks={}&{}",
        tasks.join(","),
        endpoints.join("&")
    );
    let predicted = |backing: Backing| {
        let mut staged = ready(&query, backing);
        // Another call of the site's showed that it speaks HTTP/1.1.
        let mut hosts = Hosts::default();
        hosts.limit(SERVICES.trim_end_matches("/expert-chef-services/"));
        staged.tell(Msg::Learned(hosts));
        let recording = staged.stage.recording();
        let crowded = recording.crowded().map(|(_, calls)| calls);
        (recording.runs()[1].predicted(), crowded)
    };
    let ms = |ms: f64| Some(Millis::new(ms));
    assert_eq!(predicted(WORKER), (ms(100.0), None));
    assert_eq!(predicted(Backing::Timers), (ms(200.0), Some(PER_HOST + 1)));
}

#[test]
fn the_network_has_no_phases_of_what_the_worker_answers() {
    let url = format!("{SERVICES}a");
    let has_phases = |backing: Backing| {
        let mut staged = ready(&format!("endpoint=a@{url}"), backing);
        staged.tell(Msg::Started(backing));
        staged.tell(Msg::Began(0));
        let done = EventKind::Ended(Outcome::Ok);
        for (at, kind) in [
            (0.0, EventKind::Queued),
            (0.0, EventKind::Started(Resource::Connection)),
            (9.0, done),
        ] {
            let at = Millis::new(at);
            staged.tell(Msg::Happened(0, Event { at, task: 0, kind }));
        }
        let entry = ResourceTiming {
            url: url.clone(),
            request_start: Millis::new(1.0),
            response_end: Millis::new(9.0),
            ..ResourceTiming::default()
        };
        staged.tell(Msg::Measured(0, vec![entry], Vec::new()));
        staged.stage.recording().is_measured()
    };
    assert!(!has_phases(WORKER));
    assert!(has_phases(Backing::Timers));
}
