//! What an embedded page and its host say to each other, and how much of it is
//! listened to. Pure: the page takes messages apart into [`Fields`] and
//! sends what comes of them; `www/embed.js` is the other side.
//!
//! The frame greets its host, with nothing in it that is anybody's secret, and
//! the host answers with a [`Greeting`] that carries the port by which all else
//! goes, so that nobody in between can speak or listen. A host can have the
//! stage run, reset and configured, and that is all; an [`Inbox`] sees to it that
//! no flood of that costs much.

mod inbox;

pub use inbox::Inbox;

/// The version of the messages; each carries it. Grows when one changes its
/// meaning or goes.
pub const VERSION: f64 = 1.0;

/// The longest word of a message that has a meaning, in UTF-16 units.
pub const MAX_KIND: u32 = 16;

/// The highest number that a run is known by: JavaScript counts no further.
const MAX_ID: f64 = 9_007_199_254_740_991.0;

/// Room below the stage, in pixels, that is not worth moving the host's page.
const SLACK: i32 = 24;

/// The parts of a message that mean something, each only if it is of the right
/// type and no longer than it may be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields {
    /// `version`, a number.
    pub version: Option<f64>,
    /// `type`, a string; of one that is longer than [`MAX_KIND`] no more than that
    /// it is.
    pub kind: Option<String>,
    /// `id`, a number.
    pub id: Option<f64>,
    /// `query`, a string; of one that is longer than a
    /// [link](super::config::MAX_QUERY) may be no more than that it is.
    pub query: Option<String>,
}

impl Fields {
    /// What kind of message it is, if its version is ours.
    fn kind(&self) -> Option<&str> {
        let is_ours = self.version == Some(VERSION);
        self.kind.as_deref().filter(|_| is_ours)
    }
}

/// The host's answer to the frame's greeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Greeting;

impl Greeting {
    /// The greeting, if the message is one.
    #[must_use]
    pub fn read(fields: &Fields) -> Option<Self> {
        (fields.kind() == Some("connect")).then_some(Self)
    }
}

/// What a host can ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// To run; the answer bears the number.
    Run(f64),
    /// To reset.
    Reset,
    /// To take this query string's orders.
    Configure(String),
}

impl Command {
    /// The command, if the message is one.
    #[must_use]
    pub fn read(fields: Fields) -> Option<Self> {
        match fields.kind()? {
            "run" => {
                let id = fields.id?;
                let is_number = (0.0..=MAX_ID).contains(&id) && id.trunc() == id;
                is_number.then_some(Self::Run(id))
            }
            "reset" => Some(Self::Reset),
            "configure" => fields.query.map(Self::Configure),
            _ => None,
        }
    }
}

/// What the page tells: an event of the document's, and of the host's element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// It can run.
    Ready,
    /// A run has begun.
    Run,
    /// A comparison is over.
    Finished,
    /// Something that was asked for cannot be done.
    Error,
}

impl Told {
    /// Each of them.
    pub const ALL: [Self; 4] = [Self::Ready, Self::Run, Self::Finished, Self::Error];

    /// The document's event.
    #[must_use]
    pub fn event(self) -> &'static str {
        match self {
            Self::Ready => "expert-chef:ready",
            Self::Run => "expert-chef:run",
            Self::Finished => "expert-chef:finished",
            Self::Error => "expert-chef:error",
        }
    }

    /// The message's type, which is the element's event.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Run => "run",
            Self::Finished => "finished",
            Self::Error => "error",
        }
    }
}

/// The height to ask the host for, if the content does not have the room that
/// it needs in the frame, or far too much of it. In pixels.
#[must_use]
pub fn height_to_ask(content: i32, frame: i32) -> Option<i32> {
    let spare = frame - content;
    // What is not shown, as in a closed tab of the host's, has no height.
    (content > 0 && !(0..=SLACK).contains(&spare)).then_some(content)
}
