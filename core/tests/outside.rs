//! Promises about text from outside: what is let in can be seen, and neither
//! that nor what is quoted changes the text around it.

#![cfg(not(target_arch = "wasm32"))]

use std::borrow::Cow;

use expert_chef_core::asked::config::{Config, FEW, MAX_QUERY};
use expert_chef_core::asked::scenario::{
    EndpointUrl, MAX_NAME, MAX_TASKS, Scenario, Task, excerpt, parse_name, parse_tasks,
};
use expert_chef_core::markup::{Element, Node, html, svg};
use expert_chef_core::outside::{is_control, is_seen, isolated, legible};
use proptest::prelude::*;
use support::parse_url;

/// What turns the direction of text, by the standard (`Bidi_Control`).
fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Letters, right-to-left ones, parts of emoji, and what cannot be seen.
fn odd() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            any::<char>(),
            proptest::char::range('a', 'z'),
            proptest::char::range('א', 'ת'),
            proptest::char::range('\u{2000}', '\u{206f}'),
            proptest::sample::select(
                "“”.[]\u{ad}\u{feff}\u{3164}\u{200d}\u{fe0f}😀👩"
                    .chars()
                    .collect::<Vec<_>>()
            ),
        ],
        0..60,
    )
    .prop_map(String::from_iter)
}

/// Every text in it, and in what is in it.
fn texts(element: &Element) -> Vec<Cow<'static, str>> {
    let texts = element.children.iter().flat_map(|child| match child {
        Node::Text(text) => vec![text.clone()],
        Node::Element(element) => texts(element),
        Node::Shared(element) => texts(element),
    });
    texts.collect()
}

#[test]
fn a_name_that_nobody_can_see_is_refused() {
    for hidden in [
        "\u{200b}",
        "\u{200c}",
        "\u{200d}",
        "\u{2060}",
        "\u{feff}",
        "\u{ad}",
        "\u{61c}",
        "\u{200e}",
        "\u{200f}",
        "\u{202e}",
        "\u{2067}",
        "\u{115f}",
        "\u{1160}",
        "\u{3164}",
        "\u{ffa0}",
        "\u{2800}",
        "\u{34f}",
        "\u{fe0f}",
        "\u{e0101}",
        "\u{e0041}\u{e007f}",
        "\u{180e}",
        "\u{3000}",
        "\u{2028}",
        "..",
        ".\u{200d}.",
        "\u{3164}\u{3164}",
        "",
    ] {
        assert!(parse_name(hidden).is_err(), "{hidden:?}");
        let list = format!("{hidden}:500");
        let said = parse_tasks(&list)
            .expect_err(&format!("{hidden:?}"))
            .to_string();
        assert!(
            said.contains("A name has 1 to 40 characters that can be seen"),
            "{said}"
        );
        let (config, problems) = Config::parse(&format!("tasks={list}"), parse_url);
        assert_eq!((config.scenario, problems.len()), (Scenario::default(), 1));
    }
    let said = parse_tasks("\u{3164}:500")
        .expect_err("invisible")
        .to_string();
    assert!(
        said.starts_with("The task name “[U+3164]” cannot be used."),
        "{said}"
    );
    let said = parse_tasks("user\u{e0001}\u{202e}:1")
        .expect_err("turned")
        .to_string();
    assert!(
        said.contains("[U+202E]") && !said.contains('\u{202e}'),
        "{said}"
    );
}

#[test]
fn names_of_all_scripts_and_emoji_are_names() {
    for name in [
        "user",
        "שלום",
        "مرحبا",
        "می\u{200c}خواهم",
        "क्\u{200d}ष",
        "e\u{301}te\u{301}",
        "👩🏽\u{200d}🚀",
        "❤\u{fe0f}",
        "🇩🇪",
        "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
        "1\u{fe0f}\u{20e3}",
        ". a",
        "한\u{115f}글",
    ] {
        assert_eq!(parse_name(name), Ok(name.to_owned()));
        assert_eq!(legible(name, 40), name);
    }
}

#[test]
fn what_is_quoted_is_shown_as_it_is_written() {
    assert_eq!(
        legible("a\u{202e}b\nc\u{e000}", 40),
        "a[U+202E]b[U+000A]c\u{e000}"
    );
    assert_eq!(legible("\u{e0001} \u{3164}", 40), "[U+E0001] [U+3164]");
    assert_eq!(legible("abc", 2), "ab…");
    assert_eq!(legible("ab", 2), "ab");
    assert_eq!(isolated("ab"), "ab");
    assert_eq!(isolated("é…"), "é…");
    assert_eq!(isolated("א"), "\u{2068}א\u{2069}");
}

/// In HTML what has a direction of its own is an element; elsewhere it is
/// between Unicode's signs.
#[test]
fn a_sentence_holds_what_it_quotes_apart() {
    let sentence = [
        "The fault “",
        &excerpt("אב 1"),
        "” of “",
        &excerpt("b"),
        "”.",
    ]
    .concat();
    assert_eq!(
        html("p").text(sentence.clone()).to_string(),
        "<p>The fault “<bdi>אב 1</bdi>” of “b”.</p>"
    );
    assert_eq!(html("p").text(isolated("א")).children.len(), 3);
    let drawn = svg("text").text(sentence.clone());
    assert_eq!(texts(&drawn), [sentence]);
}

proptest! {
    #[test]
    fn an_accepted_name_has_something_to_see_and_no_control(name in odd()) {
        if let Ok(name) = parse_name(&name) {
            prop_assert!(name.chars().any(is_seen), "{:?}", name);
            prop_assert!(!name.chars().any(|c| turns(c) || is_control(c)), "{:?}", name);
            prop_assert_eq!(legible(&name, MAX_NAME), name);
        }
    }

    /// Whatever is asked for, and whatever is said of it.
    #[test]
    fn no_text_that_turns_others_reaches_the_page(
        odd in odd(),
        word in proptest::sample::select(&[
            "tasks", "scenario", "compare", "timeout", "seed", "mode", "theme", "speed", "embed",
            "show", "caption", "at", "code", "accent", "endpoint",
        ][..]),
        is_task in any::<bool>(),
    ) {
        let value: String = form_urlencoded::byte_serialize(odd.as_bytes()).collect();
        let before = if is_task { "tasks=a:1:" } else { "" };
        let (config, problems) = Config::parse(&format!("{before}{value}&{word}={value}"), parse_url);
        let names = config.scenario.tasks.iter().map(|task| isolated(&task.name));
        let said = problems.into_iter().map(|problem| problem.sentence);
        for text in names.chain(said).chain([config.title().to_owned()]) {
            for shown in texts(&html("p").text(text.clone())) {
                prop_assert!(!shown.chars().any(turns), "{:?}", shown);
            }
            // Where no element can be, every direction ends where it began.
            let isolates = |sign| text.chars().filter(|&c| c == sign).count();
            prop_assert_eq!(isolates('\u{2068}'), isolates('\u{2069}'));
            let bare = text.replace(['\u{2068}', '\u{2069}'], "");
            prop_assert!(!bare.chars().any(turns));
        }
    }

    #[test]
    fn what_is_legible_stays_as_it_is(odd in odd()) {
        let shown = legible(&odd, usize::MAX);
        prop_assert!(!shown.chars().any(is_control));
        prop_assert_eq!(legible(&shown, usize::MAX), shown);
    }
}

fn problems(query: &str) -> Vec<String> {
    let (_, problems) = Config::parse(query, parse_url);
    problems
        .into_iter()
        .map(|problem| problem.sentence)
        .collect()
}

#[test]
fn of_many_problems_the_first_few_are_told_and_how_many_more() {
    let many = |count: usize| problems(&"&endpoint=x".repeat(count));
    assert_eq!(many(FEW).len(), FEW);
    assert_eq!(many(FEW + 1)[FEW], "And 1 more.");
    // A thousand are looked at, and that it is cut there is one more.
    let said = many(160_000);
    assert_eq!((said.len(), &*said[FEW]), (FEW + 1, "And 996 more."));
    let own = "mode=both&theme=pink&speed=99".to_owned();
    let (_, both) = Config::parse_over(&"&endpoint=x".repeat(7), &own, parse_url);
    assert_eq!((both.len(), &*both[FEW].sentence), (FEW + 1, "And 5 more."));
}

#[test]
fn a_link_longer_than_the_page_makes_is_refused_as_a_whole() {
    let long = |length: usize| format!("theme=dark&z={}", "z".repeat(length - 13));
    let (config, told) = Config::parse(&long(MAX_QUERY), parse_url);
    assert_eq!((config.theme.word(), told.len()), ("dark", 0));
    let (config, told) = Config::parse(&long(MAX_QUERY + 1), parse_url);
    assert_eq!((config, told.len()), (Config::default(), 1));
    assert!(told[0].sentence.starts_with("This link is longer"));
}

/// A thousand calls that are as long in a link as calls can be.
fn longest() -> Vec<Task> {
    let list: Vec<String> = (0..MAX_TASKS)
        .map(|n| {
            let own =
                char::from_u32(0x2_0000 + u32::try_from(n).expect("small")).expect("a letter");
            let name: String = [own]
                .into_iter()
                .chain(["𠀀"; MAX_NAME - 1].concat().chars())
                .collect();
            format!("{name}:29999.99~29999.99:limit-99*99+4999.99cpu@29999.99")
        })
        .collect();
    let mut tasks = parse_tasks(&list.join(",")).expect("a list of tasks");
    for task in &mut tasks {
        let url = "https://e.example/";
        let url = [url, &"%".repeat(200)].concat();
        task.point_at(EndpointUrl::parse(&url, parse_url).expect("a URL"));
    }
    tasks
}

#[test]
fn the_longest_link_that_the_page_makes_is_read_again() {
    let (mut config, _) = Config::parse(
        "compare=workers:16,workers:16,workers:16,pool:1000&timeout=29999.99&retries=10\
         &backoff=9999.99&seed=999999&mode=turns&theme=light&autorun=visible&speed=3.99&embed=1\
         &ground=page&ask=off&show=picture,lanes,result,controls,log&code=cpu-sequential\
         &accent=0e6566",
        parse_url,
    );
    config.scenario = Scenario::custom(longest());
    config.caption = "𠀀".repeat(120);
    let query = config.to_query();
    assert!(query.len() <= MAX_QUERY, "{} bytes", query.len());
    let (back, told) = Config::parse(&query, parse_url);
    assert_eq!(told, vec![]);
    assert_eq!(back, config);
}
