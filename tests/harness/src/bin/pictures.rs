//! `make pictures`: takes the pictures that speak for the page elsewhere from the
//! page itself. A link's preview and the README's from a stage that has run, the
//! icons from the one that is drawn.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use harness::browser::{Browser, Options};
use harness::dist::workspace;
use harness::site::Site;
use harness::wait::PATIENCE;
use serde_json::{Value, json};

/// What link previews are shown at.
const PREVIEW: (u32, u32) = (1200, 630);

/// So much of a page is shown in it that both kitchens and their chart find room.
const SHOWN: (f64, f64) = (1440.0, 756.0);

/// Higher than any page here: without a scroll bar nothing is narrower than it
/// seems.
const HEIGHT: u32 = 3000;

/// When the one chef is at ease and the other still stares.
const TELLING_MS: u32 = 2000;

/// The icon's own ground, which goes to the edge where a system cuts its corners.
const GROUND: &str = "#0e6566";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let site = Site::start()?;
    let root = workspace();
    preview(&site, &root.join("www/preview.png")).await?;
    for (name, dark) in [("light", false), ("dark", true)] {
        readme(&site, dark, &root.join(format!("docs/stage-{name}.png"))).await?;
    }
    let drawn = fs::read_to_string(root.join("www/icon.svg"))?;
    let icons = root.join("www/icons");
    fs::create_dir_all(&icons)?;
    for (name, size, ground, part) in [
        ("icon-192", 192, "none", 100),
        ("icon-512", 512, "none", 100),
        ("touch-180", 180, GROUND, 100),
        // What is safe to show is within four fifths.
        ("maskable-512", 512, GROUND, 80),
    ] {
        let file = icons.join(name).with_extension("png");
        icon(&drawn, &file, size, ground, part).await?;
    }
    Ok(())
}

/// A stage whose dashboard has run, at that moment of its recording.
async fn stage(site: &Site, options: &Options, at_ms: u32) -> Result<Browser> {
    let browser = Browser::with_page(site, "", options).await?;
    browser.run_by_click(PATIENCE).await?;
    browser.wait_for_playback("paused").await?;
    browser
        .js_with::<()>(
            "const scrubber = document.querySelector('[data-input=seek]');
             scrubber.value = arguments[0];
             scrubber.dispatchEvent(new Event('input', { bubbles: true }));
             document.activeElement.blur();",
            vec![json!(at_ms)],
        )
        .await?;
    Ok(browser)
}

async fn preview(site: &Site, file: &Path) -> Result<()> {
    let options = Options {
        size: (1440, HEIGHT),
        ..Options::default()
    };
    let browser = stage(site, &options, TELLING_MS).await?;
    // Kitchens and chart alone, in the middle.
    let (top, height): (f64, f64) = browser
        .js(
            "for (const part of document.querySelectorAll('.intro, .answer, .foot, .stage > *, .chart__row--scrubber'))
               if (!part.matches('.kitchens, .chart')) part.style.display = 'none';
             const of = (part) => document.querySelector(part).getBoundingClientRect();
             return [of('.kitchens').top, of('.chart').bottom - of('.kitchens').top];",
        )
        .await?;
    let (width, room) = SHOWN;
    ensure!(height < room, "kitchens and chart are {height} px high");
    let clip = json!({
        "x": 0, "y": top - (room - height) / 2.0, "width": width, "height": room,
        "scale": f64::from(PREVIEW.0) / width,
    });
    save(&browser, file, clip).await
}

async fn readme(site: &Site, dark: bool, file: &Path) -> Result<()> {
    let options = Options {
        size: (1100, HEIGHT),
        dark,
        ..Options::default()
    };
    let browser = stage(site, &options, 1000).await?;
    let clip: Value = browser
        .js(
            "const { x, y, width } = document.querySelector('.stage').getBoundingClientRect();
             const { bottom } = document.querySelector('.bar').getBoundingClientRect();
             return { x: x - 16, y: y - 16, width: width + 32, height: bottom - y + 32, scale: 1 };",
        )
        .await?;
    save(&browser, file, clip).await
}

/// The icon in a square of that size, filling so many hundredths of it.
async fn icon(drawn: &str, file: &Path, size: u32, ground: &str, part: u32) -> Result<()> {
    let browser = Browser::start(&Options::default()).await?;
    let page = format!(
        "<body style=\"margin:0;background:{ground};display:grid;place-items:center;\
         width:{size}px;height:{size}px\"><div style=\"width:{part}%;height:{part}%\">{drawn}</div>"
    );
    let page = BASE64_STANDARD.encode(page);
    browser
        .open(&format!("data:text/html;base64,{page}"))
        .await?;
    let clear = json!({ "color": { "r": 0, "g": 0, "b": 0, "a": 0 } });
    browser
        .cdp("Emulation.setDefaultBackgroundColorOverride", clear)
        .await?;
    let clip = json!({ "x": 0, "y": 0, "width": size, "height": size, "scale": 1 });
    save(&browser, file, clip).await
}

/// Saves what is seen there, as small as it gets.
async fn save(browser: &Browser, file: &Path, clip: Value) -> Result<()> {
    let parameters = json!({ "format": "png", "clip": clip });
    let taken = browser.cdp("Page.captureScreenshot", parameters).await?;
    let taken = taken["data"].as_str().context("no picture was taken")?;
    let taken = BASE64_STANDARD.decode(taken)?;
    let smaller = recompressed(&taken)?;
    println!("{} ({} bytes)", file.display(), smaller.len());
    fs::write(file, smaller)?;
    Ok(())
}

fn recompressed(taken: &[u8]) -> Result<Vec<u8>> {
    let mut reader = png::Decoder::new(Cursor::new(taken)).read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().context("it is too large")?];
    let frame = reader.next_frame(&mut pixels)?;
    let mut smaller = Vec::new();
    let mut encoder = png::Encoder::new(&mut smaller, frame.width, frame.height);
    encoder.set_color(frame.color_type);
    encoder.set_depth(frame.bit_depth);
    encoder.set_compression(png::Compression::High);
    encoder
        .write_header()?
        .write_image_data(&pixels[..frame.buffer_size()])?;
    Ok(smaller)
}
