//! What a stage is passed on by says the same as the stage, and nothing else.

#![cfg(not(target_arch = "wasm32"))]

use expert_chef_core::asked::config::Config;
use expert_chef_core::asked::link::{Line, Share};
use expert_chef_core::asked::scenario::Scenario;
use expert_chef_core::asked::strategy::Strategy as How;
use proptest::prelude::*;
use support::{how, parse_url, policy, tasks};

const PAGE: &str = "https://example.org/some/chef/";

fn configured(query: &str) -> Config {
    let (config, problems) = Config::parse(query, parse_url);
    assert_eq!(problems, [], "{query}");
    config
}

/// The first element of that name, as a browser would read it.
fn attributes(html: &str, tag: &str) -> Vec<(String, String)> {
    let html = format!("<all>{html}</all>");
    let parsed = roxmltree::Document::parse(&html).expect("one element after the other");
    let found = parsed.descendants().find(|node| node.has_tag_name(tag));
    let attributes = found.expect("the element is there").attributes();
    attributes
        .map(|one| (one.name().to_owned(), one.value().to_owned()))
        .collect()
}

fn attribute(html: &str, tag: &str, name: &str) -> String {
    let mut attributes = attributes(html, tag).into_iter();
    let found = attributes.find(|(other, _)| other == name);
    found.map(|(_, value)| value).unwrap_or_default()
}

/// The query string that the custom element makes of its attributes.
fn query_of(element: &[(String, String)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in element {
        if name == "endpoint" {
            for one in value.split_whitespace() {
                query.append_pair(name, one);
            }
        } else {
            query.append_pair(name, value);
        }
    }
    query.finish()
}

#[test]
fn the_usual_stage_has_the_shortest_lines() {
    let config = Config::default();
    assert_eq!(Line::Link.text(&config, PAGE), PAGE);
    assert!(
        Line::Frame
            .text(&config, PAGE)
            .starts_with("<iframe src=\"https://example.org/some/chef/?embed=1\" title=\"")
    );
    assert_eq!(
        Line::Element.text(&config, PAGE),
        "<script src=\"https://example.org/some/chef/embed.js\"></script>\n\
         <expert-chef></expert-chef>"
    );
}

#[test]
fn attributes_are_the_query_strings_words() {
    let query = "scenario=two-calls&compare=sequential,pool:2&theme=dark&autorun=visible";
    let line = Line::Element.text(&configured(query), PAGE);
    assert!(
        line.ends_with(
            "<expert-chef scenario=\"two-calls\" compare=\"sequential,pool:2\" theme=\"dark\" \
             autorun=\"visible\"></expert-chef>"
        ),
        "{line}"
    );
}

#[test]
fn endpoints_stand_side_by_side_in_one_attribute() {
    let query = "endpoint=a@https://example.org/a&endpoint=b@https://example.org/b?c=%3Cd%3E%26e";
    let config = configured(query);
    let line = Line::Element.text(&config, PAGE);
    let element = attributes(&line, "expert-chef");
    assert_eq!(configured(&query_of(&element)), config);
}

#[test]
fn the_page_is_where_it_is_without_its_query_and_fragment() {
    for (href, page, script) in [
        (
            "https://a.example/",
            "https://a.example/",
            "https://a.example/embed.js",
        ),
        (
            "https://a.example/b/?tasks=c:1#d",
            "https://a.example/b/",
            "https://a.example/b/embed.js",
        ),
        (
            "https://a.example/b/index.html#d?e",
            "https://a.example/b/index.html",
            "https://a.example/b/embed.js",
        ),
        (
            "file:///b/index.html",
            "file:///b/index.html",
            "file:///b/embed.js",
        ),
    ] {
        let share = Share::of(href);
        assert_eq!(share.page(), page);
        let line = Line::Element.text(&Config::default(), share.page());
        assert_eq!(attribute(&line, "script", "src"), script);
    }
}

#[test]
fn a_preview_is_shown_one_at_a_time() {
    let mut share = Share::of(PAGE);
    assert_eq!(share.preview(), None);
    share.toggle_preview(Line::Link);
    share.toggle_preview(Line::Frame);
    assert_eq!(share.preview(), Some(Line::Frame));
    share.toggle_preview(Line::Frame);
    assert_eq!(share.preview(), None);
}

#[test]
fn lines_are_found_by_their_words() {
    for line in Line::ALL {
        assert_eq!(Line::of(line.word()), Some(line));
    }
    assert_eq!(Line::of("timeline.svg"), None);
}

/// Names that the parser lets through, and that would break out of an attribute.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[^\\p{C}\\p{Z}]{1,20}",
        Just("\"><script>alert(1)</script>".to_owned()),
        Just("'&lt;&#34;,:%~*@".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_line_gives_the_same_stage_whatever_the_names(
        tasks in tasks(),
        compare in proptest::collection::vec(how(), 2..=4),
        policy in policy(),
        names in proptest::collection::vec(name(), 40),
    ) {
        let mut tasks = tasks;
        for (index, (task, name)) in tasks.iter_mut().zip(&names).enumerate() {
            task.name = format!("{name}{index}");
        }
        let mut config = Config { policy, compare, ..Config::default() };
        // As the page itself would have it.
        config.scenario = Scenario::of(tasks);
        let config = configured(&config.to_query());

        let link = Line::Link.text(&config, PAGE);
        let (page, query) = link.split_once('?').expect("a query string");
        prop_assert_eq!(page, PAGE);
        prop_assert_eq!(&configured(query), &config);

        let source = attribute(&Line::Frame.text(&config, PAGE), "iframe", "src");
        let (_, query) = source.split_once('?').expect("a query string");
        let embedded = Config { embed: true, ..config.clone() };
        prop_assert_eq!(configured(query), embedded);

        let line = Line::Element.text(&config, PAGE);
        prop_assert_eq!(line.matches('<').count(), 4, "{}", line);
        let element = attributes(&line, "expert-chef");
        prop_assert_eq!(configured(&query_of(&element)), config);
    }
}

#[test]
fn any_strategy_can_be_passed_on() {
    for how in How::ALL {
        let config = Config {
            compare: vec![how, how],
            ..Config::default()
        };
        let link = Line::Link.text(&config, PAGE);
        let query = link.split_once('?').map_or("", |(_, query)| query);
        assert_eq!(configured(query), config);
    }
}
