//! What `_headers` has Netlify and Cloudflare Pages say with each file, and the page
//! under it.

use std::fs;

use anyhow::{Context as _, Result, ensure};
use harness::browser::{Browser, Options};
use harness::dist;
use harness::headers::{self, Rule};
use harness::page::{QUIET, RUN};
use harness::services::Services;
use harness::site::Site;
use harness::wait::PATIENCE;

const FOREVER: &str = "public, max-age=31536000, immutable";

fn rules() -> Result<Vec<Rule>> {
    headers::rules(&dist::folder()?)
}

/// What is said of a header for that path.
fn said(rules: &[Rule], path: &str, header: &str) -> Vec<String> {
    let matching = rules.iter().filter(|rule| rule.matches(path));
    let headers = matching.flat_map(|rule| &rule.headers);
    headers
        .filter(|(name, _)| name == header)
        .map(|(_, value)| value.clone())
        .collect()
}

/// The paths of everything that was built, and of the page itself.
fn paths() -> Result<Vec<String>> {
    let mut paths = vec!["/".into()];
    let mut folders = vec![(dist::folder()?, String::from("/"))];
    while let Some((folder, prefix)) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                folders.push((entry.path(), path + "/"));
            } else {
                paths.push(path);
            }
        }
    }
    Ok(paths)
}

/// `/style-e9404596d3206e93.css`, `/expert-chef-d21d5da8840889f4_bg.wasm`.
fn has_hash(path: &str) -> bool {
    let tail = path.rsplit('-').next().unwrap_or_default();
    let hash = tail.split(['.', '_']).next().unwrap_or_default();
    hash.len() >= 12 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[test]
fn files_are_for_keeping_if_and_only_if_their_names_change_with_their_content() -> Result<()> {
    let rules = rules()?;
    let paths = paths()?;
    assert!(
        paths.iter().any(|path| has_hash(path)),
        "nothing has a hash: {paths:?}"
    );
    for path in &paths {
        let caching = said(&rules, path, "Cache-Control");
        let is_kept = caching == [FOREVER];
        assert_eq!(is_kept, has_hash(path), "{path}: {caching:?}");
    }
    for path in ["/", "/index.html", "/sw.js"] {
        assert_eq!(said(&rules, path, "Cache-Control"), ["no-cache"], "{path}");
    }
    Ok(())
}

/// What a document's own tag says that it may do.
fn own_policy(file: &str) -> Result<String> {
    let html = fs::read_to_string(dist::folder()?.join(file))?;
    let (_, policy) = html.split_once("\"default-src").context("no policy")?;
    let policy = format!("default-src{policy}");
    Ok(policy.split('"').next().unwrap_or_default().into())
}

/// Whether it is a page, or a script that workers run.
fn has_policy(path: &str) -> bool {
    let starts = ["/exercise-", "/expert-chef-", "/sw.js"];
    path == "/" || path.ends_with(".html") || starts.iter().any(|start| path.starts_with(start))
}

#[test]
fn every_page_and_worker_has_its_own_policy_and_nothing_else_has_one() -> Result<()> {
    let rules = rules()?;
    let page = own_policy("index.html")?;
    for path in paths()? {
        let policy = said(&rules, &path, "Content-Security-Policy");
        let own = match path.strip_prefix("/runner-") {
            Some(_) => vec![own_policy(&path[1..])?],
            None if has_policy(&path) => vec![page.clone()],
            None => Vec::new(),
        };
        ensure!(policy == own, "{path}: {policy:?} and not {own:?}");
        if let Some(short) = path.strip_suffix(".html") {
            let policy = said(&rules, short, "Content-Security-Policy");
            ensure!(
                policy == own || path == "/index.html",
                "{short}: {policy:?}"
            );
        }
    }
    Ok(())
}

#[test]
fn the_hosting_guide_has_the_same_headers_and_the_stricter_policy() -> Result<()> {
    let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/hosting.md");
    let guide = fs::read_to_string(guide)?;
    let rules = rules()?;
    let all = rules.iter().filter(|rule| rule.matches("/any"));
    for (name, value) in all.flat_map(|rule| &rule.headers) {
        let is_there = [value.clone(), format!("\"{value}\"")]
            .iter()
            .any(|value| guide.contains(&format!("add_header {name} {value} always;")));
        ensure!(is_there, "docs/hosting.md has no {name}: {value}");
    }
    let policy = own_policy("index.html")?;
    ensure!(guide.contains(&format!("default  \"{policy}\";")));
    let strict = policy.replace(" http: https:", "");
    ensure!(
        guide.contains(&format!("Content-Security-Policy: {strict}\n")),
        "{strict}"
    );
    Ok(())
}

#[test]
fn no_header_is_said_twice_of_one_file() -> Result<()> {
    let rules = rules()?;
    for path in paths()? {
        let matching = rules.iter().filter(|rule| rule.matches(&path));
        let mut names: Vec<&str> = matching
            .flat_map(|rule| &rule.headers)
            .map(|(name, _)| name.as_str())
            .collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all, "{path}: {names:?}");
    }
    Ok(())
}

#[test]
fn any_page_may_embed_this_one() -> Result<()> {
    for rule in rules()? {
        for (name, value) in rule.headers {
            assert!(!name.eq_ignore_ascii_case("X-Frame-Options"), "{value}");
            assert!(!value.contains("frame-ancestors"), "{value}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn the_page_runs_under_all_of_its_headers_and_no_browser_minds_one() -> Result<()> {
    let site = Site::of(&dist::folder()?).with_headers()?.start()?;
    let options = Options::default();
    let browser =
        Browser::with_page(&site, "tasks=a:60,b:40cpu&compare=join,workers:2", &options).await?;
    let result = browser.run_by_click(PATIENCE).await?;
    assert_eq!(result.source, "service-worker");
    assert_eq!(result.runs[1].outcome, "ok");
    let said = browser.console().await?;
    ensure!(said.is_empty(), "a header is not understood: {said:#?}");
    let policy: Option<String> = browser
        .js_async("return (await fetch('./')).headers.get('Permissions-Policy');")
        .await?;
    ensure!(policy.is_some_and(|policy| policy.contains("camera=()")));
    browser.check_clean().await
}

#[tokio::test]
async fn a_host_that_wants_no_endpoints_has_a_page_that_runs_and_calls_nobody_else() -> Result<()> {
    let site = Site::of(&dist::folder()?).without_endpoints()?.start()?;
    let services = Services::start()?;
    let browser = Browser::with_page(&site, "tasks=a:60,b:40", &Options::default()).await?;
    let result = browser.run_by_click(PATIENCE).await?;
    assert_eq!(result.source, "service-worker");
    browser.check_clean().await?;

    let refused: String = browser
        .js_async(&format!(
            "return await fetch({:?}).then(() => 'called', (error) => error.name);",
            services.url("one", "ms=1")
        ))
        .await?;
    assert_eq!(refused, "TypeError");
    let violations = browser.probe().await?.violations;
    ensure!(
        violations.len() == 1 && violations[0].starts_with("connect-src"),
        "{violations:?}"
    );
    assert!(services.calls().is_empty());
    Ok(())
}

/// What a string that came from outside would be run by.
const SINKS: [&str; 7] = [
    "document.body.innerHTML = '<b>markup</b>';",
    "document.body.insertAdjacentHTML('beforeend', '<b>markup</b>');",
    "new DOMParser().parseFromString('<b>markup</b>', 'text/html');",
    "document.createElement('iframe').srcdoc = '<b>markup</b>';",
    "document.createElement('script').src = './practice.js';",
    "new Worker('./sw.js');",
    "trustedTypes.createPolicy('another', {});",
];

#[tokio::test]
async fn a_string_that_would_be_run_is_refused_and_the_suite_notices() -> Result<()> {
    let site = Site::start()?;
    // The page's own, and not the driver's, to whom no policy applies.
    let act = format!(
        "window.actAsIntruder = () => {{
           const named = (act) => {{ try {{ act(); return 'run'; }} catch (error) {{ return error.name; }} }};
           return [{}].map(named);
         }};",
        SINKS.map(|sink| format!("() => {{ {sink} }}")).join(",")
    );
    let options = Options {
        inject: vec![act],
        ..Options::default()
    };
    let browser = Browser::with_page(&site, QUIET, &options).await?;
    let refused: Vec<String> = browser.js("return actAsIntruder();").await?;
    assert_eq!(refused, ["TypeError"; SINKS.len()]);
    let worker: String = browser
        .js_async(
            "return await navigator.serviceWorker.register('./sw.js')
               .then(() => 'registered', (error) => error.name);",
        )
        .await?;
    assert_eq!(worker, "TypeError");
    assert!(browser.check_clean().await.is_err(), "nobody noticed");
    assert_eq!(browser.probe().await?.violations.len(), SINKS.len() + 1);
    // It goes on all the same.
    browser.click(RUN).await?;
    browser.wait_for_state("finished").await
}

#[tokio::test]
async fn the_page_needs_no_browser_that_knows_trusted_types() -> Result<()> {
    let site = Site::of(&dist::folder()?)
        .rewriting(|html| {
            html.replace(
                "; require-trusted-types-for 'script'; trusted-types expert-chef",
                "",
            )
        })
        .start()?;
    let options = Options {
        inject: vec!["delete window.trustedTypes;".into()],
        ..Options::default()
    };
    let query = "tasks=a:60,b:40cpu&compare=join,workers:2";
    let browser = Browser::with_page(&site, query, &options).await?;
    let known: bool = browser.js("return 'trustedTypes' in window;").await?;
    assert!(!known);
    let result = browser.run_by_click(PATIENCE).await?;
    assert_eq!(result.source, "service-worker");
    assert_eq!(result.runs[1].outcome, "ok");
    browser.check_clean().await
}

#[tokio::test]
async fn a_host_whose_own_policy_has_another_name_costs_the_worker_and_not_the_page() -> Result<()>
{
    let site = Site::of(&dist::folder()?)
        .under_policy("require-trusted-types-for 'script'; trusted-types another")?
        .start()?;
    let browser = Browser::with_page(&site, "tasks=a:60,b:40", &Options::default()).await?;
    let result = browser.run_by_click(PATIENCE).await?;
    assert_eq!(result.source, "simulated");
    Ok(())
}
