//! Promises of the page about recordings that are not of runs of ours.

use expert_chef::view::stage::{Cache, stage};
use expert_chef_core::asked::config::Config;
use expert_chef_core::asked::scenario::Scenario;
use expert_chef_core::asked::strategy::Strategy as How;
use expert_chef_core::recorded::provenance::Origin;
use expert_chef_core::recorded::recording::Recording;
use expert_chef_core::shown::stage::Msg;
use support::stages::Staged;
use support::timeline;

use crate::{class, content, find, has};

#[test]
fn the_whole_page_shows_it_and_says_where_it_came_from() {
    for (origin, word, chef) in [
        (Origin::Program, "program", "Your own program"),
        (Origin::Import, "imported", "Imported: cooked elsewhere"),
    ] {
        let scenario = Scenario::default();
        let runs = vec![("main.py".into(), timeline(&scenario.tasks, How::Join))];
        let recording = Recording::from_elsewhere(scenario, origin, runs).expect("a recording");
        let mut staged = Staged::ready(Config::default());
        staged.tell(Msg::Opened(Box::new(recording)));
        let page = stage(&staged.stage, staged.now, None, &mut Cache::default());
        let one = |passes: &dyn Fn(&_) -> bool| {
            let found = find(&page, passes);
            assert!(!found.is_empty(), "{word}");
            content(found[0])
        };
        // The source, the card, the log, the table and the verdict.
        assert_eq!(one(&|element| has(element, "data-source", word)), word);
        let card = one(&|element| has(element, "data-run", word));
        assert!(card.contains("main.py") && card.contains(chef), "{card}");
        assert!(!card.contains("theory"), "{card}");
        let log = one(&|element| has(element, "data-part", "log"));
        assert!(
            log.contains("main.py") && log.contains("orders done"),
            "{log}"
        );
        let table = one(&|element| has(element, "data-part", "calls"));
        assert!(table.contains("main.py"), "{table}");
        let headline = one(&|element| class(element, "verdict__headline"));
        assert_eq!(headline, "1.20 s in all.");
        let verdict = one(&|element| class(element, "verdict__row"));
        assert_eq!(verdict, "main.py–1200 ms–");
    }
}
