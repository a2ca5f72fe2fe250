//! Promises of the panel that changes the kitchens.

use expert_chef::view::compare::compare;
use expert_chef_core::asked::config::Config;
use support::parse_url;

/// The link on the page to the real services is one that the parser takes.
#[test]
fn the_link_to_real_services_needs_no_correction() {
    let page = compare(&Config::default()).to_string();
    let (_, after) = page.split_once("href=\"?").expect("a link");
    let (link, _) = after.split_once('"').expect("its end");
    let (config, problems) = Config::parse(&link.replace("&amp;", "&"), parse_url);
    assert!(problems.is_empty(), "{problems:?}");
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
