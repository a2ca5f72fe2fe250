//! The parameters whose values are words.

use std::str::FromStr;

/// An enum whose values are words of the query string.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$case_doc:meta])* $case:ident = $word:literal),+ $(,)? }) => {
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
        }

        impl FromStr for $name {
            type Err = ();

            fn from_str(word: &str) -> Result<Self, ()> {
                match word { $($word => Ok($name::$case),)+ _ => Err(()) }
            }
        }
    };
}

words! {
    /// How the kitchens of a stage run.
    Mode {
        /// All at the same time, on the same event loop.
        #[default]
        Race = "race",
        /// One kitchen after the other.
        Turns = "turns",
    }
}

words! {
    /// The colours.
    Theme {
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
    Autorun {
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
    Ground {
        /// Whatever the host page has there.
        #[default]
        None = "none",
        /// The page's own background.
        Page = "page",
    }
}
