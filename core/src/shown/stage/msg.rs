//! What can happen to a stage, and what it asks of whoever keeps it.

use std::ops::Range;

use crate::asked::backing::Backing;
use crate::asked::config::{Config, Problem};
use crate::asked::editor::Edit;
use crate::asked::embed::Told;
use crate::asked::form::Setting;
use crate::asked::hosts::Hosts;
use crate::asked::link::Line;
use crate::asked::scenario::ParseUrl;
use crate::millis::Millis;
use crate::recorded::phases::ResourceTiming;
use crate::recorded::recording::Recording;
use crate::run::event::Event;
use crate::shown::listing::{Code, Language};
use crate::shown::playback::Verb;

/// Who asks for a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asker {
    /// The user, by a click or a key of their own.
    User,
    /// A script, a host page or `autorun`.
    Program,
}

/// Who gives other orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Orderer {
    /// A script or a host page: the address follows, and is told of problems.
    Program,
    /// The address, to which the reader went back or forward.
    Address,
}

/// What is unfolded below the bar when it is asked for; one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawer {
    /// Where the reader types a guess of their own.
    Guess,
    /// Where kitchens, calls and all else can be changed.
    Edit,
    /// Lines and files to take away.
    Share,
    /// The programs that do what the kitchens do.
    Code,
    /// The list of keys.
    Keys,
}

impl Drawer {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Guess, Self::Edit, Self::Share, Self::Code, Self::Keys];

    /// Its word in the page's elements.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Guess => "guess",
            Self::Edit => "edit",
            Self::Share => "share",
            Self::Code => "code",
            Self::Keys => "keys",
        }
    }

    /// The one of that word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// Everything that changes a stage.
#[derive(Clone, Debug)]
pub enum Msg {
    /// It is known who stands behind the embedded services.
    Loaded(Backing),
    /// Nobody has said what is to be run: the first kitchen may begin by itself,
    /// once it is seen.
    Invited,
    /// It came into view, or out of it.
    Seen(bool),
    /// The reader wants less movement, or no longer.
    Stilled(bool),
    /// What it shows is recorded by others from now on.
    Lent,
    /// Other orders; what was recorded under the old ones goes.
    Configured(Box<Config>, Vec<Problem>, Orderer),
    /// A control changes one setting.
    Set(Setting),
    /// A control has a value that cannot be used; all else stays as it is.
    Complained(Problem),
    /// The calls are changed. Whatever is typed is one step until it is settled.
    Edited(Edit, ParseUrl),
    /// The reader has left the field that they were changing, or pressed a button.
    Settled,
    /// Something about hosts was learned, for the next run.
    Learned(Hosts),
    /// Someone wants it to run.
    Asked(Asker),
    /// The reader has seen what would be called, and agrees to it or does not.
    Consented(bool),
    /// A comparison begins anew.
    Started(Backing),
    /// One of its runs has begun.
    Began(usize),
    /// The page is hidden from now on, or it is seen.
    Hidden(bool),
    /// Something happened in one of its runs.
    Happened(usize, Event),
    /// The browser told about the requests of a run that is over; and when the
    /// page drew a frame meanwhile, where that was looked at.
    Measured(usize, Vec<ResourceTiming>, Vec<Millis>),
    /// It was found out why origins had not answered, before it is said that every
    /// run is over: see [`Recording::explain`].
    Explained(String),
    /// Every run is over.
    Finished,
    /// A recording from elsewhere is to be shown, until something is run.
    Opened(Box<Recording>),
    /// Is to be as it was before the first run.
    Reset,
    /// Time has passed.
    Ticked,
    /// The reader plays the recording.
    Played(Verb),
    /// The reader chose a moment of one of the runs.
    Chosen(usize, Millis),
    /// A drawer is pulled out, or pushed in.
    Toggled(Drawer),
    /// Whatever drawer is out is pushed in.
    Closed,
    /// What stands in a kitchen's field for the guess.
    Guessing(usize, String),
    /// The guess is handed in.
    Guessed,
    /// A guess for a kitchen, and see it run.
    GuessTapped(usize, String),
    /// A line's preview is shown, or hidden.
    PreviewToggled(Line),
    /// What came of what was asked for.
    Said(String),
    /// The reader says how often a day what is shown is used.
    Used(u32),
    /// The reader wants to read programs in that language.
    Spoke(Language),
    /// These are the programs of the language in which the reader reads.
    Coded(Language, Code),
}

impl Msg {
    /// Whether it can wait for the screen's next frame to be seen: the events of
    /// a run come by the thousand, and recording them comes first.
    #[must_use]
    pub fn can_wait(&self) -> bool {
        matches!(self, Self::Began(_) | Self::Hidden(_) | Self::Happened(..))
    }

    /// Whether it does no more than go on in time, or to another moment; also a
    /// run's next event, which tells itself when there is more to it.
    pub(super) fn is_moment(&self) -> bool {
        matches!(
            self,
            Self::Ticked | Self::Happened(..) | Self::Chosen(..) | Self::Played(Verb::Seek(_))
        )
    }
}

/// What a stage asks of whoever keeps it, once a message was taken in and what
/// came of it was drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// End what is under way, and tell whoever awaits it.
    Cancel,
    /// Perform the runs of these kitchens.
    Perform(Range<usize>),
    /// Show the reader what would be called, and have them agree to it.
    Ask,
    /// What they are being shown is not what would be called any more.
    Withdraw,
    /// Have the address say the configuration.
    Remember,
    /// Have the page around look as the configuration says.
    Dress,
    /// Tell what happened.
    Tell(Told),
    /// Tell that something cannot be done, in a sentence.
    TellError(String),
    /// Have the programs, in that language or as the reader has chosen before.
    Speak(Option<Language>),
    /// Move the reader to where they go on; staying put would lose them.
    Focus(Place),
}

/// A place in the stage where a reader goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The button that runs it.
    Run,
    /// The player, whose keys play the recording.
    Player,
    /// A kitchen's field for the guess.
    Guess(usize),
    /// The drawer that has been pulled out.
    Drawer,
    /// The button that pulls this one out.
    Handle(Drawer),
    /// What changes a call: its name, and the call's place.
    Edit(&'static str, usize),
}
