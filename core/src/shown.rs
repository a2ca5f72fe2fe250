//! What is shown of a recording at some time: the stage with its playhead, the
//! kitchens, the lanes, and the words for them.

pub mod chart;
pub mod curve;
pub mod exhibit;
pub mod figure;
pub mod guess;
pub mod judge;
pub mod kitchen;
pub mod lanes;
pub mod listing;
pub mod pace;
pub mod playback;
pub mod scene;
pub mod session;
pub mod stage;
pub mod threads;
pub mod verdict;
pub mod words;
