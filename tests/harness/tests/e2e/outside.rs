//! Text and links from outside: however many mistakes are in them, the page
//! stays one that can be used, and no text of theirs changes what is around it.

use anyhow::Result;
use harness::browser::{Browser, Options};
use harness::result::RunResult;
use harness::site::Site;
use harness::wait::{PATIENCE, until};
use serde_json::json;

/// Whatever steers the direction of text, in any text or attribute.
const TURNED: &str = "
    const turns = /[\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]/;
    const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ALL);
    const found = [];
    while (walk.nextNode()) {
      const { currentNode: node } = walk;
      if (turns.test(node.nodeValue ?? '')) found.push(node.nodeValue);
      for (const { name, value } of node.attributes ?? []) {
        if (turns.test(value)) found.push(`${name}: ${value}`);
      }
    }
    return found;";

async fn nothing_turns(browser: &Browser) -> Result<()> {
    let turned: Vec<String> = browser.js(TURNED).await?;
    assert_eq!(turned, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn a_link_full_of_mistakes_leaves_a_page_that_can_be_used() -> Result<()> {
    let site = Site::start()?;
    let query = "&endpoint=x".repeat(5000);
    let browser = Browser::with_page(&site, &query, &Options::default()).await?;
    let check = async || -> Result<()> {
        let notices = browser.notices().await?;
        assert_eq!(notices.len(), 6, "{notices:#?}");
        assert_eq!(notices[5].text, "And 996 more.");
        let result: RunResult = browser.run_by_click(PATIENCE).await?;
        assert_eq!(result.scenario, "dashboard");
        Ok(())
    };
    check().await?;
    browser
        .js::<()>("expertChef.configure('&endpoint=x'.repeat(160000));")
        .await?;
    check().await?;

    browser
        .js::<()>("expertChef.configure('tasks=a:1&' + 'z'.repeat(2 ** 21));")
        .await?;
    let notices = browser.notices().await?;
    assert_eq!(notices.len(), 1, "{notices:#?}");
    assert!(notices[0].text.starts_with("This link is longer than any"));
    assert_eq!(browser.chosen_scenarios().await?, ["dashboard"]);
    browser.check_clean().await
}

#[tokio::test]
async fn a_name_that_nobody_can_see_is_refused_and_shown_by_its_code() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::start(&Options::default()).await?;
    for (hidden, code) in [
        ("%E2%80%8B", "[U+200B]"),
        ("%E2%80%AE", "[U+202E]"),
        ("%E3%85%A4", "[U+3164]"),
        ("%C2%AD", "[U+00AD]"),
        ("%EF%BB%BF", "[U+FEFF]"),
        ("%D8%9C", "[U+061C]"),
    ] {
        for query in [
            format!("tasks={hidden}:500"),
            format!("endpoint={hidden}@https://example.invalid/"),
        ] {
            browser.open(&site.url(&query)).await?;
            browser.wait_for_state("ready").await?;
            let notices = browser.notices().await?;
            assert_eq!(notices.len(), 1, "{notices:#?}");
            let says = format!("“{code}” cannot be used");
            assert!(notices[0].text.contains(&says), "{notices:#?}");
            assert_eq!(browser.chosen_scenarios().await?, ["dashboard"]);
            nothing_turns(&browser).await?;
        }
    }
    // What is pasted into the editor is read alike.
    browser.open_drawer("edit").await?;
    let paste = "const field = document.querySelector('[data-edit=rename]');
                 field.value = arguments[0];
                 field.dispatchEvent(new InputEvent('input', { bubbles: true }));";
    browser
        .js_with::<()>(paste, vec![json!("\u{202e}\u{3164}")])
        .await?;
    let text = async || browser.text().await;
    until("the editor's word for it", PATIENCE, text, |text| {
        text.contains("Write 1 to 40 visible characters")
    })
    .await?;
    browser
        .js_with::<()>(paste, vec![json!("👩🏽\u{200d}🚀")])
        .await?;
    until("the new name", PATIENCE, text, |text| {
        text.contains("👩🏽\u{200d}🚀")
    })
    .await?;
    Ok(())
}

/// Names that are read from right to left, side by side in sentences and rows.
#[tokio::test]
async fn names_from_right_to_left_leave_the_order_of_sentences() -> Result<()> {
    let site = Site::start()?;
    let names = ["אלף (1", "בית", "גימל"];
    let query = "tasks=אלף (1:50,בית:60,גימל:70,d:50:503&mode=אב 12&seed=אב 12";
    let browser = Browser::with_page(&site, query, &Options::default()).await?;
    let quoted: Vec<(String, bool)> = browser
        .js(
            "return [...document.querySelectorAll('.notice')].map(notice => {
               const bdi = notice.querySelector('bdi');
               const after = document.createRange();
               after.selectNodeContents(bdi.nextSibling);
               return [bdi.textContent,
                 bdi.getBoundingClientRect().right <= after.getClientRects()[0].left + 1];
             });",
        )
        .await?;
    assert_eq!(
        quoted,
        [("אב 12".to_owned(), true), ("אב 12".to_owned(), true)]
    );
    let result: RunResult = browser.run_by_click(PATIENCE).await?;
    let told: Vec<&str> = result.runs[0]
        .tasks
        .iter()
        .map(|task| &*task.name)
        .collect();
    assert_eq!(told[..3], names);
    let (listed, are_in_order): (Vec<String>, bool) = browser
        .js(
            "const all = [...document.querySelector('.verdict__losses').querySelectorAll('bdi')];
             const lefts = all.map(one => one.getBoundingClientRect().left);
             const tops = all.map(one => one.getBoundingClientRect().top);
             return [all.map(one => one.textContent),
               lefts.every((left, n) => n === 0 || tops[n] > tops[n - 1] || left > lefts[n - 1])];",
        )
        .await?;
    assert_eq!(listed, names);
    assert!(are_in_order, "the names are read in another order");
    for row in [
        ".chart__names li:first-child",
        ".calls__table tbody th",
        ".log__line",
    ] {
        let has_own: bool = browser
            .js_with(
                "return document.querySelector(arguments[0]).querySelector('bdi') !== null;",
                vec![json!(row)],
            )
            .await?;
        assert!(has_own, "{row}");
    }
    nothing_turns(&browser).await
}
