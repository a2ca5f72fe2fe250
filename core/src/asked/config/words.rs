//! The parameters whose values are words.

use super::Problem;
use super::values::unknown;

/// An enum whose values are words of the query string.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident of $parameter:literal { $($(#[$case_doc:meta])* $case:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum $name { $($(#[$case_doc])* $case),+ }

        impl $name {
            /// Every value, the default first.
            pub const ALL: &[$name] = &[$($name::$case),+];

            /// Its word in the query string.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $($name::$case => $word),+ }
            }

            /// The value of that word.
            ///
            /// # Errors
            /// A sentence that says which words there are.
            pub fn parse(word: &str) -> Result<Self, Problem> {
                match word {
                    $($word => Ok($name::$case),)+
                    _ => Err(unknown($parameter, word, &[$($word),+])),
                }
            }
        }
    };
}

words! {
    /// How the kitchens of a stage run.
    Mode of "mode" {
        /// All at the same time, on the same event loop.
        #[default]
        Race = "race",
        /// One kitchen after the other.
        Turns = "turns",
    }
}

words! {
    /// The colours.
    Theme of "theme" {
        /// As the reader's system says.
        #[default]
        Auto = "auto",
        /// Always light.
        Light = "light",
        /// Always dark.
        Dark = "dark",
    }
}

words! {
    /// When a run begins without being asked for.
    Autorun of "autorun" {
        /// Never.
        #[default]
        None = "none",
        /// As soon as the page is ready.
        Load = "load",
        /// As soon as the stage comes into view.
        Visible = "visible",
    }
}

words! {
    /// What an embedded stage stands on.
    Ground of "ground" {
        /// Whatever the host page has there.
        #[default]
        None = "none",
        /// The page's own background.
        Page = "page",
    }
}

words! {
    /// Whether a reader is asked for a guess before the first run.
    Ask of "ask" {
        /// Once.
        #[default]
        On = "on",
        /// Never.
        Off = "off",
    }
}
