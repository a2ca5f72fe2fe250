//! What is taken away from a stage: files that stand alone.

use std::path::Path;

use anyhow::Result;
use harness::browser::{Browser, Options};
use harness::site::Site;
use harness::wait::PATIENCE;

#[tokio::test]
async fn scratch() -> Result<()> {
    let site = Site::start()?;
    let out = Path::new("/tmp/w/ss/out");
    let _ = std::fs::remove_dir_all(out);
    std::fs::create_dir_all(out)?;
    for (dark, query) in [
        (false, ""),
        (
            true,
            "tasks=user:300,billing:500:503,a-very-long-service-name-indeed:700,お客様の注文履歴お客様の注文履歴:200&compare=sequential,join,pool:2,fail-fast&retries=1",
        ),
    ] {
        let options = Options {
            dark,
            ..Options::default()
        };
        let browser = Browser::with_page(&site, query, &options).await?;
        browser.open_share_panel().await?;
        browser
            .screenshot(&out.join(format!("panel-ready-{dark}.png")))
            .await?;
        browser.save_into(out).await?;
        browser.run_by_click(PATIENCE).await?;
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        browser.js::<()>("const s=document.querySelector('.scrubber'); s.value=1000; s.dispatchEvent(new Event('input',{bubbles:true}));").await?;
        browser
            .js::<()>("document.querySelector('[data-part=share]').scrollIntoView();")
            .await?;
        for file in [
            "kitchens.svg",
            "kitchens.png",
            "timeline.svg",
            "timeline.png",
            "result.json",
            "trace.json",
        ] {
            let (name, content) = browser.save_file(file, out).await?;
            std::fs::write(out.join(format!("kept-{dark}-{name}.kept")), content)?;
        }
        browser
            .screenshot(&out.join(format!("panel-{dark}.png")))
            .await?;
        let _ = browser.check_clean().await;
    }
    Ok(())
}
