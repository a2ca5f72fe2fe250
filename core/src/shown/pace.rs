//! How often a run is drawn while it goes on. Calls and pictures share one
//! thread: an answer that comes while a picture is made waits, and its wait is
//! measured as if the service had been slow. So the more has happened since the
//! last picture, the longer the next one is put off; when little happens, there
//! is a picture with every frame of the screen.

use crate::millis::Millis;

/// How many times what a picture costs passes before the next, at the least
/// and, while a lot is happening, at the most.
const TIMES: std::ops::RangeInclusive<u32> = 2..=30;

/// The same where workers work: they want every core, and a picture takes some of
/// more than one.
const TIMES_AT_WORK: u32 = 12;

/// However much happens, the reader sees that something does: no picture waits
/// longer.
const LONGEST: Millis = Millis::new(250.0);

/// A picture waits until nothing has happened for that long: answers come in
/// bursts, and one that is drawn in the middle of it holds up the rest.
const QUIET: Millis = Millis::new(6.0);

/// When the next picture is due.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pace {
    /// What the latest picture took of the thread.
    cost: Millis,
    drawn: Millis,
    /// Events since then, and when the latest was.
    events: u32,
    latest: Millis,
}

impl Pace {
    /// Notes an event that no picture shows yet.
    pub fn note(&mut self, now: Millis) {
        self.events = self.events.saturating_add(1);
        self.latest = now;
    }

    /// How long it is until the next picture should be drawn, if nothing happens
    /// meanwhile, of a run in which the processor `works` or is only waited for.
    #[must_use]
    pub fn wait(&self, now: Millis, works: bool) -> Millis {
        let since = now - self.drawn;
        let least = if works { TIMES_AT_WORK } else { *TIMES.start() };
        let times = self.events.clamp(least, *TIMES.end());
        let rest = (self.cost * f64::from(times)).min(LONGEST) - since;
        let quiet = match self.events {
            0 => Millis::ZERO,
            _ => (QUIET - (now - self.latest)).min(LONGEST - since),
        };
        rest.max(quiet).max(Millis::ZERO)
    }

    /// Notes that a picture which was begun then is on its way to the screen.
    pub fn drew(&mut self, begun: Millis, now: Millis) {
        self.cost = (now - begun).max(Millis::ZERO);
        self.drawn = now;
        self.events = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_due(pace: &Pace, now: Millis) -> bool {
        pace.wait(now, false) == Millis::ZERO
    }

    fn after(events: u32, cost: f64) -> impl Fn(f64) -> bool {
        let mut pace = Pace::default();
        pace.drew(Millis::ZERO, Millis::new(cost));
        for _ in 0..events {
            pace.note(Millis::ZERO);
        }
        move |wait| is_due(&pace, Millis::new(cost + wait))
    }

    #[test]
    fn pictures_leave_workers_most_of_the_processor() {
        let mut pace = Pace::default();
        pace.drew(Millis::ZERO, Millis::new(5.0));
        let wait = |works| pace.wait(Millis::new(5.0), works).ms();
        assert_eq!([wait(false), wait(true)], [10.0, 60.0]);
    }

    #[test]
    fn a_picture_that_costs_little_comes_with_every_frame_while_little_happens() {
        let is_due = after(3, 4.0);
        assert!(is_due(16.0));
    }

    #[test]
    fn the_more_happens_the_longer_the_next_picture_is_put_off() {
        let is_due = after(12, 4.0);
        assert!(!is_due(16.0) && is_due(48.0));
    }

    #[test]
    fn pictures_never_take_more_than_a_third_of_the_thread() {
        let is_due = after(0, 30.0);
        assert!(!is_due(59.0) && is_due(60.0));
    }

    #[test]
    fn a_picture_waits_for_the_end_of_a_burst_but_not_for_ever() {
        let mut pace = Pace::default();
        pace.drew(Millis::ZERO, Millis::new(1.0));
        for ms in 1..=300 {
            let now = Millis::new(f64::from(ms));
            pace.note(now);
            assert_eq!(is_due(&pace, now), ms > 250, "{ms}");
        }
        pace.drew(Millis::new(300.0), Millis::new(301.0));
        pace.note(Millis::new(305.0));
        assert!(!is_due(&pace, Millis::new(310.0)) && is_due(&pace, Millis::new(311.0)));
    }

    #[test]
    fn who_waits_as_long_as_is_said_waits_once() {
        for (events, cost, at) in [
            (0, 4.0, 1.0),
            (3, 4.0, 2.0),
            (40, 4.0, 90.0),
            (9, 900.0, 5.0),
        ] {
            let mut pace = Pace::default();
            pace.drew(Millis::ZERO, Millis::new(cost));
            for _ in 0..events {
                pace.note(Millis::new(cost + at));
            }
            let now = Millis::new(cost + at);
            let wait = pace.wait(now, false);
            assert!(wait > Millis::ZERO && is_due(&pace, now + wait));
            assert!(!is_due(&pace, now + wait * 0.99), "{events} {cost} {at}");
        }
    }

    #[test]
    fn a_run_is_seen_to_go_on_however_much_happens() {
        assert!(after(u32::MAX, 1_000.0)(250.0));
    }
}
