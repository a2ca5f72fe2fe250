//! What sets a figure can be set by the keyboard alone, and the figure does what
//! it was set to.

use anyhow::{Context as _, Result, ensure};
use harness::browser::{Browser, Options};
use harness::figures::{is_of_the_network, start_of};
use harness::result::EARLY;
use harness::site::Site;
use harness::wait::{PATIENCE, until};
use serde_json::{Value, json};
use thirtyfour::Key;

/// Presses Enter on a figure's Run, and gives the result.
async fn run_by_key(browser: &Browser, section: &str) -> Result<Value> {
    let before = browser.figure_results(section).await?.len();
    browser
        .focus(&format!("#{section} [data-action=run]"))
        .await?;
    browser.press(Key::Enter).await?;
    browser.figure_result(section, before).await
}

fn strategies(result: &Value) -> Vec<&str> {
    let runs = result["runs"].as_array().into_iter().flatten();
    runs.filter_map(|run| run["strategy"].as_str()).collect()
}

/// How a task of the first kitchen ended.
fn outcome<'a>(result: &'a Value, task: &str) -> Option<&'a str> {
    let mut tasks = result["runs"][0]["tasks"].as_array()?.iter();
    tasks.find(|one| one["name"] == task)?["outcome"].as_str()
}

async fn text(browser: &Browser, selector: &str) -> Result<String> {
    browser
        .js_with(
            "return document.querySelector(arguments[0])?.textContent ?? '';",
            vec![json!(selector)],
        )
        .await
}

#[tokio::test]
async fn an_answer_that_is_picked_is_run_and_its_program_shown() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_section(&site, "pick", &Options::default()).await?;
    let radio = "#pick .knobs input";
    browser.focus(radio).await?;
    browser.press(" ").await?;
    let picked = ["sequential", "join", "join"];
    // What is in no other of the three programs.
    let marks = ["print(call(", ".start()", "executor.submit("];
    for (index, (strategy, mark)) in picked.into_iter().zip(marks).enumerate() {
        if index > 0 {
            browser
                .press(Key::Down)
                .await
                .context("the next of the answers")?;
        }
        let result = browser.figure_result("pick", index).await?;
        assert_eq!(strategies(&result), [strategy]);
        let look = async || text(&browser, "#pick .listing__source").await;
        until(mark, PATIENCE, look, |program| program.contains(mark)).await?;
    }
    browser.check_clean().await
}

#[tokio::test]
async fn a_bar_that_is_moved_starts_when_it_says() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_section(&site, "starts", &Options::default()).await?;
    // The last of all becomes the first, and the first the last.
    browser.focus("#starts input[name=orders]").await?;
    browser.press(Key::Home).await?;
    browser.focus("#starts input[name=user]").await?;
    browser.press(Key::End).await?;
    browser.press(Key::Left).await?;
    assert_eq!(text(&browser, "#starts output[name=user]").await?, "2750");
    assert_eq!(text(&browser, "#starts output[name=orders]").await?, "0");
    let result = run_by_key(&browser, "starts").await?;
    let start = |task| start_of(&result, 0, task);
    let (user, billing, orders) = (start("user")?, start("billing")?, start("orders")?);
    ensure!(user >= 2750.0 - EARLY, "user started at {user}");
    ensure!(
        billing >= 500.0 - EARLY && billing < user,
        "billing started at {billing}"
    );
    // A machine that has much else to do is late by less than it was moved.
    ensure!(orders < billing, "orders started at {orders}");
    browser.check_clean().await
}

#[tokio::test]
async fn the_call_that_is_chosen_fails_as_late_as_it_is_set_to() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_section(&site, "burns", &Options::default()).await?;
    let result = run_by_key(&browser, "burns").await?;
    assert_eq!(strategies(&result), ["join", "fail-fast"]);
    assert_eq!(outcome(&result, "billing"), Some("failed"));
    assert_eq!(outcome(&result, "orders"), Some("ok"));

    browser.focus("#burns [name=who]:checked").await?;
    browser.press(Key::Down).await?;
    browser.focus("#burns input[name=when]").await?;
    browser.press(Key::End).await?;
    browser.focus("#burns [name=how]:checked").await?;
    browser.press(Key::Down).await?;
    let result = run_by_key(&browser, "burns").await?;
    assert_eq!(strategies(&result), ["join", "first"]);
    assert_eq!(outcome(&result, "billing"), Some("ok"));
    assert_eq!(outcome(&result, "orders"), Some("failed"));
    let tasks = &result["runs"][0]["tasks"];
    let end = tasks[2]["endMs"].as_f64().context("no end of orders")?;
    ensure!(end >= 1500.0 - EARLY, "orders failed at {end}");
    browser.check_clean_but(is_of_the_network).await
}

#[tokio::test]
async fn as_many_workers_as_are_set_are_measured_on_the_curve() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_section(&site, "burners", &Options::default()).await?;
    let measured = "return document.querySelectorAll('#burners .curve__measured').length;";
    assert_eq!(browser.js::<usize>(measured).await?, 0);
    browser.focus("#burners input[name=n]").await?;
    for _ in 4..12 {
        browser.press(Key::Right).await?;
    }
    assert_eq!(text(&browser, "#burners output").await?, "12");
    let look = async || text(&browser, "#burners .figure__row").await;
    let says = |said: &String| said.contains("12 at a time");
    until("12 at a time", PATIENCE, look, says).await?;
    let result = run_by_key(&browser, "burners").await?;
    assert_eq!(strategies(&result), ["pool:12"]);
    assert_eq!(browser.js::<usize>(measured).await?, 1);
    // Another is set beside it.
    browser.focus("#burners input[name=n]").await?;
    browser.press(Key::Left).await?;
    let result = run_by_key(&browser, "burners").await?;
    assert_eq!(strategies(&result), ["pool:11"]);
    assert_eq!(browser.js::<usize>(measured).await?, 2);
    browser.check_clean_but(is_of_the_network).await
}

#[tokio::test]
async fn what_waits_and_what_works_are_run_as_they_are_chosen() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_section(&site, "gil", &Options::default()).await?;
    let result = run_by_key(&browser, "gil").await?;
    assert_eq!(result["source"], "service-worker");
    browser.focus("#gil [name=two]:checked").await?;
    browser.press(Key::Down).await?;
    let result = run_by_key(&browser, "gil").await?;
    assert_eq!(result["source"], "processor");
    assert_eq!(strategies(&result), ["sequential", "join"]);
    browser.focus("#gil [name=two]:checked").await?;
    browser.press(Key::Down).await?;
    let result = run_by_key(&browser, "gil").await?;
    assert_eq!(strategies(&result), ["join", "workers:2"]);
    browser.check_clean().await
}

#[tokio::test]
async fn the_meter_sets_all_of_the_time_against_waiting() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_section(&site, "waiting", &Options::default()).await?;
    run_by_key(&browser, "waiting").await?;
    let said = text(&browser, "#waiting .meter__said").await?;
    let numbers = said.split_whitespace().filter_map(|word| word.parse().ok());
    let numbers: Vec<f64> = numbers.collect();
    let [working, waiting] = numbers[..] else {
        anyhow::bail!("no two shares: {said}");
    };
    ensure!((working + waiting - 100.0).abs() < 0.1, "{said}");
    ensure!(waiting > 90.0 && working >= 0.0, "{said}");
    browser.check_clean().await
}

#[tokio::test]
async fn the_desk_counts_the_hours_of_as_many_profiles_as_are_set() -> Result<()> {
    let site = Site::start()?;
    let browser = Browser::with_section(&site, "desk", &Options::default()).await?;
    let hours = async || -> Result<(f64, String)> {
        let said = text(&browser, "#desk .desk__uses b").await?;
        let first = said.split_whitespace().next().unwrap_or_default();
        Ok((first.parse().with_context(|| said.clone())?, said))
    };
    let (theory, said) = hours().await?;
    ensure!(said.contains("theory"), "{said}");
    browser.focus("#desk [data-input=uses]").await?;
    browser.press(Key::End).await?;
    let (most, said) = hours().await?;
    ensure!(most > theory, "{said}");
    browser.press(Key::Home).await?;
    let (least, said) = hours().await?;
    ensure!(least < theory, "{said}");
    let label = text(&browser, "#desk .desk__uses").await?;
    ensure!(label.starts_with("100 profiles"), "{label}");
    browser.press(Key::End).await?;
    run_by_key(&browser, "desk").await?;
    let (_, said) = hours().await?;
    ensure!(said.contains("measured"), "{said}");
    let profiles: Vec<String> = browser
        .js("return [...document.querySelectorAll('#desk .desk__done')].map(one => one.textContent);")
        .await?;
    ensure!(
        profiles.len() == 2 && profiles.iter().all(|said| said.starts_with("complete")),
        "{profiles:?}"
    );
    browser.check_clean().await
}
