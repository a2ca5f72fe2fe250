//! What is done about calls that are slow or fail, whatever the strategy: a
//! time-out for each attempt, and retries with exponential back-off.
//!
//! All chance comes from a seed, so that a link replays the same waits.

use crate::millis::Millis;
use crate::outcome::Failure;

/// The most retries a call may have.
pub const MAX_RETRIES: u32 = 10;

/// The back-off that no wait exceeds.
pub const MAX_BACKOFF: Millis = Millis::new(10_000.0);

/// The wait that none before another call of a URL is below.
pub const MIN_URL_WAIT: Millis = Millis::new(100.0);

/// Time-out and retries.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RetryPolicy {
    /// How long an attempt may take.
    pub timeout: Option<Millis>,
    /// How often a call that failed is tried again; at most [`MAX_RETRIES`].
    pub retries: u32,
    /// The back-off before the first retry; it doubles with each.
    pub backoff: Millis,
    /// Where chance comes from.
    pub seed: u32,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::NONE
    }
}

/// What a random number is for, so that no two uses share one.
#[derive(Clone, Copy, Debug)]
enum Use {
    Wait = 1,
    Latency = 2,
}

impl RetryPolicy {
    /// Nothing is done.
    pub const NONE: Self = Self {
        timeout: None,
        retries: 0,
        backoff: Millis::new(100.0),
        seed: 1,
    };

    /// Whether nothing is done about slow and failing calls.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.timeout.is_none() && self.retries == 0
    }

    /// Whether an attempt of that number, from 0, that came to this is followed by
    /// another.
    #[must_use]
    pub fn is_retried(&self, attempt: u32, failure: Failure) -> bool {
        attempt < self.retries && failure.is_transient()
    }

    /// How long to wait before attempt `attempt + 1` of a task: evenly drawn
    /// between nothing and the back-off, which doubles with each attempt up to
    /// [`MAX_BACKOFF`] ("full jitter": calls that failed together do not come
    /// back together). Whole milliseconds.
    #[must_use]
    pub fn wait(&self, task: usize, attempt: u32) -> Millis {
        let mut backoff = self.backoff;
        for _ in 0..attempt {
            backoff = (backoff * 2.0).min(MAX_BACKOFF);
        }
        whole(backoff * self.chance(Use::Wait, task, attempt))
    }

    /// The same before another call of a URL: [`MIN_URL_WAIT`] at the least.
    #[must_use]
    pub fn wait_at_url(&self, task: usize, attempt: u32) -> Millis {
        self.wait(task, attempt).max(MIN_URL_WAIT)
    }

    /// A latency drawn evenly from `jitter` below to `jitter` above `latency`,
    /// never below zero. Whole milliseconds where there is jitter at all.
    #[must_use]
    pub fn latency(&self, task: usize, attempt: u32, latency: Millis, jitter: Millis) -> Millis {
        if jitter <= Millis::ZERO {
            return latency;
        }
        let offset = jitter * (2.0 * self.chance(Use::Latency, task, attempt) - 1.0);
        whole((latency + offset).max(Millis::ZERO))
    }

    /// A number from 0 to just under 1 that depends on nothing but its use.
    fn chance(&self, purpose: Use, task: usize, attempt: u32) -> f64 {
        let mut state = u64::from(self.seed) << 32 | u64::from(attempt) << 8 | purpose as u64;
        state ^= (task as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        // SplitMix64 (Steele, Lea and Flood 2014): its finaliser spreads every
        // bit of the state over all bits of the number.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        state ^= state >> 31;
        f64::from((state >> 32) as u32) / (f64::from(u32::MAX) + 1.0)
    }
}

fn whole(time: Millis) -> Millis {
    Millis::new(time.ms().round())
}
