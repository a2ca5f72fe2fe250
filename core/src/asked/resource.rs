//! What has a capacity and is waited for. A run says what each attempt holds,
//! theory schedules over it, the timeline hands its places out by it, and the
//! scene draws them: a pot on a burner, or something in hand.

/// A kind of resource, of which what is under way holds one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// A call's connection to its host (a burner, in the kitchen): some hosts
    /// get a few, the others as many as there are calls.
    Connection,
    /// The one thread (the chef's hands).
    Hands,
    /// A worker beside it.
    Worker,
}

impl Resource {
    /// All of them.
    pub const ALL: [Resource; 3] = [Self::Connection, Self::Hands, Self::Worker];

    /// What one is called in the kitchen.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Connection => "burner",
            Self::Hands => "hands",
            Self::Worker => "worker",
        }
    }
}
