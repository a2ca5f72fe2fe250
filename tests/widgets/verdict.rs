//! Promises of the verdict: it is there before the run, in the room that it
//! needs after it.

use expert_chef::view::stage::{Cache, stage as draw};
use expert_chef::view::verdict::verdict;
use expert_chef_core::asked::config::Config;
use expert_chef_core::markup::Element;
use expert_chef_core::shown::stage::Msg;
use support::events_under;
use support::stages::Staged;

use crate::{class, content, find, get, tagged};

fn asked(query: &str) -> Config {
    Config::parse(query, support::parse_url).0
}

/// A comparison of which every run is over.
fn over(config: Config) -> Staged {
    let mut staged = Staged::running(config.clone());
    for (run, &how) in config.compare.iter().enumerate() {
        let events = events_under(&config.scenario.tasks, how, &config.policy);
        staged.go_on(run, &events, 0.0, 100_000.0);
    }
    staged.tell(Msg::Finished);
    staged
}

/// The class of the headline, and what it says.
fn headline(staged: &mut Staged) -> (String, String) {
    // No guess at all is as good as skipped.
    staged.tell(Msg::Guessed);
    let page = draw(&staged.stage, staged.now, None, &mut Cache::default());
    let found = find(&page, &|one| class(one, "verdict__headline"));
    let class = get(found[0], "class").unwrap_or_default();
    (class.to_owned(), content(found[0]))
}

/// The table as text, line by line and cell by cell.
fn cells(element: &Element) -> Vec<Vec<String>> {
    let rows = tagged(element, "tr").into_iter().map(|row| {
        let is_cell = |one: &Element| one.tag == "th" || one.tag == "td";
        find(row, &is_cell).into_iter().map(content).collect()
    });
    rows.collect()
}

#[test]
fn only_a_gain_between_likes_is_praised() {
    let plain = "verdict__headline verdict__headline--plain";
    for (query, praise) in [
        ("", "verdict__headline"),
        ("compare=first,join", plain),
        ("tasks=a:10,b:500:503", plain),
        ("scenario=fifty-orders", plain),
    ] {
        let config = asked(query);
        let (class, before) = headline(&mut Staged::ready(config.clone()));
        assert_eq!(class, "verdict__headline verdict__headline--theory");
        assert!(before.ends_with("says theory."), "{before}");
        let (class, _) = headline(&mut Staged::running(config.clone()));
        assert_eq!(class, "verdict__headline verdict__headline--theory");
        let page = over(config);
        let page = draw(&page.stage, page.now, None, &mut Cache::default());
        let found = find(&page, &|one| crate::class(one, "verdict__headline"));
        assert_eq!(get(found[0], "class"), Some(praise), "{query}");
        assert!(!content(found[0]).contains("theory"));
    }
}

#[test]
fn the_table_has_its_rows_before_and_after() {
    let mut ready = Staged::ready(Config::default());
    let asked = cells(&verdict(&ready.stage));
    assert_eq!(asked[1], ["One after another", "–", "–", "–"]);
    ready.tell(Msg::Guessed);
    let before = cells(&verdict(&ready.stage));
    let after = cells(&verdict(&over(Config::default()).stage));
    assert_eq!(
        before[1],
        ["One after another", "2.5 s (the sum)", "–", "–"]
    );
    assert_eq!(
        after[0],
        ["Kitchen", "Theory", "Measured", "Beside the quickest"]
    );
    assert_eq!(
        after[1][2..],
        ["2500 ms", "1.30 s thrown away"],
        "as in the other kitchen"
    );
    assert_eq!(after[2][2..], ["1200 ms", "quickest: 1.30 s given back"]);
    assert_eq!(before.len(), after.len());
    let table = verdict(&over(Config::default()).stage);
    assert_eq!(tagged(&table, "caption").len(), 1);
    for heading in tagged(&table, "th") {
        assert!(matches!(get(heading, "scope"), Some("col" | "row")));
    }
}

#[test]
fn with_a_pool_the_table_says_what_the_service_bore() {
    let after = cells(&verdict(&over(asked("scenario=fifty-orders")).stage));
    assert_eq!(after[0][3], "Most in flight");
    assert_eq!(after[1][3..], ["50", "quickest"]);
    assert_eq!(after[2][3..], ["6", "1.50 s longer"]);
}
