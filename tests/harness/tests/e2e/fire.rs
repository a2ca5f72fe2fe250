//! The short form of `make fire`: what networks, hosts, browsers and strangers do
//! to the page, each of it once or a few times, and what must hold after it.

use std::collections::BTreeSet;

use anyhow::Result;
use harness::{dist, fire};

/// A test for each scenario, and one that none is missing.
macro_rules! scenarios {
    ($($test:ident: $name:literal,)*) => {
        $(
            #[tokio::test]
            async fn $test() -> Result<()> {
                fire::holds(&dist::folder()?, $name).await
            }
        )*

        #[test]
        fn every_scenario_is_tested() {
            let tested = BTreeSet::from([$($name),*]);
            assert_eq!(tested, BTreeSet::from_iter(fire::names()));
        }
    };
}

scenarios! {
    services_may_be_killed_and_restarted_in_mid_run: "killed",
    connections_may_be_reset: "resets",
    bodies_may_end_in_their_middle: "halves",
    services_may_be_silent: "silences",
    bodies_may_be_endless_huge_and_compressed: "bodies",
    answers_may_be_of_any_type: "types",
    a_redirect_is_a_failure_and_is_not_followed: "redirects",
    the_network_may_go_and_come_back: "offline",
    the_worker_may_be_stopped_and_unregistered_in_mid_call: "worker",
    the_tab_may_be_hidden_and_shown: "hidden",
    the_page_may_be_reloaded_in_mid_run: "reload",
    the_page_may_be_left_and_gone_back_to_in_mid_run: "back",
    storage_may_be_full: "storage",
    it_may_run_again_and_again: "runs",
    it_may_be_configured_in_any_way: "configurations",
    a_frame_may_be_told_anything: "messages",
    an_element_may_have_any_attributes: "attributes",
}
