//! The languages in which a reader's program can be.

use crate::text::concat;

/// One of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// `CPython`, in WebAssembly.
    #[default]
    Python,
    /// The browser's own.
    JavaScript,
}

impl Language {
    /// All of them, the one first that is on where none is asked for.
    pub const ALL: [Self; 2] = [Self::Python, Self::JavaScript];

    /// Its word, in links and for a host page.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::JavaScript => "javascript",
        }
    }

    /// The one of that word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.word() == word)
    }

    /// What people call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Python => "Python",
            Self::JavaScript => "JavaScript",
        }
    }

    /// Whether that program of the lesson runs on the page: in JavaScript one has
    /// Node's own workers.
    #[must_use]
    pub fn runs(self, program: &str) -> bool {
        self == Self::Python || program != "cpu-workers"
    }

    /// The file of an exercise with that program in it.
    #[must_use]
    pub fn program(self, name: &str) -> String {
        let ending = match self {
            Self::Python => ".py",
            Self::JavaScript => ".js",
        };
        concat(&[name, ending])
    }

    /// The file with what is said in this language alone. Python's is what is said
    /// where another has none of its own.
    #[must_use]
    pub fn text(self, name: &str) -> String {
        let ending = match self {
            Self::Python => ".txt",
            Self::JavaScript => ".js.txt",
        };
        concat(&[name, ending])
    }

    /// Under which name what is written for an exercise is kept.
    #[must_use]
    pub fn slot(self, exercise: &str) -> String {
        match self {
            Self::Python => exercise.into(),
            Self::JavaScript => concat(&["javascript:", exercise]),
        }
    }
}
