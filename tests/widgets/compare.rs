//! Promises of the panel that changes the kitchens.

use expert_chef::view::compare::compare;
use expert_chef_core::asked::config::Config;
use support::parse_url;

/// What the panel's link configures.
fn linked(config: &Config) -> Config {
    let page = compare(config).to_string();
    let (_, after) = page.split_once("href=\"?").expect("a link");
    let (link, _) = after.split_once('"').expect("its end");
    let (config, problems) = Config::parse(&link.replace("&amp;", "&"), parse_url);
    assert!(problems.is_empty(), "{problems:?}");
    config
}

/// The link on the page to the real services is one that the parser takes.
#[test]
fn the_link_to_real_services_needs_no_correction() {
    let config = linked(&Config::default());
    let urls: Vec<&str> = config
        .scenario
        .endpoints()
        .map(|(_, url)| url.as_str())
        .collect();
    assert_eq!(
        urls,
        [
            "http://127.0.0.1:7001/user?ms=500",
            "http://127.0.0.1:7002/billing?ms=800",
            "http://127.0.0.1:7003/orders?ms=1200",
        ]
    );
}

/// The page's own services have no limit of connections: a real host has.
#[test]
fn twelve_calls_are_of_one_real_host() {
    let (twelve, _) = Config::parse("scenario=twelve-calls", parse_url);
    let config = linked(&twelve);
    let mut urls: Vec<&str> = Vec::new();
    for (_, url) in config.scenario.endpoints() {
        assert_eq!(url.origin(), "http://127.0.0.1:7001");
        urls.push(url.as_str());
    }
    urls.dedup();
    assert_eq!(urls.len(), 12);
    assert_eq!(config.compare, twelve.compare);
    let expected = |config: &Config| {
        let tasks = config.scenario.tasks.iter();
        let tasks = tasks.map(|task| (task.name.clone(), task.behaviour().copied()));
        tasks.collect::<Vec<_>>()
    };
    assert_eq!(expected(&config), expected(&twelve));
}
