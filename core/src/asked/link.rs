//! What a stage is passed on by: a link, and the lines that put it into another
//! page. All of them say the configuration in the query string's words.

use crate::asked::config::Config;
use crate::markup::{Element, Text, html};
use crate::panel;
use crate::text::{before, concat};

/// A line to be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The permalink.
    Link,
    /// An `<iframe>`, which works without a script.
    Frame,
    /// The custom element of `embed.js`, which follows its content's height.
    Element,
}

impl Line {
    /// Every line.
    pub const ALL: [Line; 3] = [Line::Link, Line::Frame, Line::Element];

    /// Its word on the page.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Frame => "iframe",
            Self::Element => "element",
        }
    }

    /// The line of that word.
    #[must_use]
    pub fn of(word: &str) -> Option<Line> {
        Self::ALL.into_iter().find(|line| line.word() == word)
    }

    /// What is to be copied, the page being at that URL.
    #[must_use]
    pub fn text(self, config: &Config, page: &str) -> String {
        match self {
            Self::Link => permalink(config, page),
            _ => {
                let mut text = String::new();
                for element in self.elements(config, page) {
                    if !text.is_empty() {
                        text.push('\n');
                    }
                    text += &element.to_string();
                }
                text
            }
        }
    }

    /// What it puts into a page; the last of it is seen, and is its preview.
    #[must_use]
    pub fn elements(self, config: &Config, page: &str) -> Vec<Element> {
        match self {
            Self::Link => vec![frame(&permalink(config, page), config)],
            Self::Frame => {
                let mut config = config.clone();
                config.embed = true;
                vec![frame(&permalink(&config, page), &config)]
            }
            Self::Element => vec![
                html("script")
                    .attr("src", folder(page).to_owned() + "embed.js")
                    .text(""),
                element(config),
            ],
        }
    }
}

/// What the reader has done with the lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Share {
    /// The page's URL without its query string.
    page: String,
    /// The line whose preview is shown.
    preview: Option<Line>,
    /// What came of the last thing that was asked for.
    said: Text,
}

impl Share {
    /// Of the page at this URL; its query string and fragment are dropped.
    #[must_use]
    pub fn of(href: &str) -> Self {
        let page = before(before(href, b'#'), b'?');
        Self {
            page: page.into(),
            ..Self::default()
        }
    }

    /// As it was before anything was asked for.
    pub fn clear(&mut self) {
        self.preview = None;
        self.said = Text::default();
    }

    /// Shows the line's preview, or hides it. There is one at a time: each is
    /// a whole page.
    pub fn toggle_preview(&mut self, line: Line) {
        self.preview = (self.preview != Some(line)).then_some(line);
    }

    /// Says what came of what was asked for.
    pub fn say(&mut self, said: impl Into<Text>) {
        self.said = said.into();
    }

    /// The page's URL without its query string.
    #[must_use]
    pub fn page(&self) -> &str {
        &self.page
    }

    /// The line whose preview is shown.
    #[must_use]
    pub fn preview(&self) -> Option<Line> {
        self.preview
    }

    /// What came of what was asked for last.
    #[must_use]
    pub fn said(&self) -> &Text {
        &self.said
    }
}

fn permalink(config: &Config, page: &str) -> String {
    let query = config.to_query();
    let separator = if query.is_empty() { "" } else { "?" };
    concat(&[page, separator, &query])
}

/// The folder that a page's files are in, with the slash at its end.
fn folder(page: &str) -> &str {
    let slash = page.bytes().rposition(|byte| byte == b'/');
    page.get(..slash.map_or(0, |at| at + 1)).unwrap_or_default()
}

fn frame(url: &str, config: &Config) -> Element {
    html("iframe")
        .attr("src", url.to_owned())
        .attr("title", concat(&["Expert Chef: ", config.title()]))
        .attr("loading", "lazy")
        .attr("width", "100%")
        .num("height", room(config))
        // The one way without a style, which strict pages refuse.
        .attr("frameborder", "0")
        .text("")
}

/// What a frame of any width needs, in whole hundreds of pixels: it cannot follow
/// its content. Three kitchens stand in as many rows as four.
fn room(config: &Config) -> f64 {
    let kitchens = if config.compare.len() > 2 { 4 } else { 2 };
    let most = panel::height(panel::WIDEST, kitchens, config.show);
    (most / 100.0).ceil() * 100.0
}

/// The query string's words as attributes; of one that is given more than once
/// the values stand side by side.
fn element(config: &Config) -> Element {
    let mut element = html("expert-chef").text("");
    for (name, value) in config.to_pairs().0 {
        match element.attributes.last_mut() {
            Some((last, values)) if *last == name => {
                let values = values.to_mut();
                values.push(' ');
                values.push_str(&value);
            }
            _ => element.attributes.push((name, value.into())),
        }
    }
    element
}
