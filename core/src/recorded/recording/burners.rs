//! How many calls can be in flight together: the burners of the kitchen.

use crate::asked::hosts::{Hosts, PER_HOST};
use crate::asked::resource::Resource;
use crate::asked::scenario::Task;
use crate::asked::strategy::Strategy;
use crate::recorded::recording::Run;

/// The most of these calls that get a connection at a time by what is known of
/// their hosts: all that are calls, unless one is known to get more than it has.
pub fn connections(hosts: &Hosts, tasks: &[Task]) -> usize {
    let mut taken: Vec<(&str, usize)> = Vec::new();
    let mut connections = 0;
    for task in tasks.iter().filter(|task| task.work.target().is_some()) {
        connections += 1;
        let Some(host) = task.endpoint().and_then(|url| hosts.limiting(url)) else {
            continue;
        };
        match taken.iter_mut().find(|(known, _)| *known == host) {
            Some((_, PER_HOST)) => connections -= 1,
            Some((_, taken)) => *taken += 1,
            None => taken.push((host, 1)),
        }
    }
    connections
}

impl Run {
    /// How many workers it has: those of its strategy, and as many as were seen.
    #[must_use]
    pub fn workers(&self) -> usize {
        let timeline = self.timeline();
        let peak = timeline.peak(Resource::Worker, timeline.last_at());
        match self.strategy() {
            Some(Strategy::Workers(asked)) => self.plan.hosts.workers(asked).max(peak),
            _ => peak,
        }
    }

    /// The same of calls that are the page's own and not its workers'.
    #[must_use]
    pub fn page_burners(&self) -> usize {
        match self.strategy() {
            Some(Strategy::Workers(_)) => 0,
            _ => self.burners(),
        }
    }

    /// How many calls could have been in flight together, whether they were or
    /// not: a pool's limit, and otherwise all of them. Where a host is known to
    /// get more calls than connections, no more than those let through. What
    /// limited others' runs nobody says: so it is the most that there were.
    ///
    /// At no time were more in flight than that.
    #[must_use]
    pub fn burners(&self) -> usize {
        let timeline = self.timeline();
        let peak = timeline.peak_in_flight(timeline.last_at());
        let connections = match &self.laid_over {
            Some(overlay) => overlay.connections,
            None => self.plan.connections,
        };
        let limit = match self.strategy() {
            None => 0,
            Some(Strategy::Pool(limit)) if connections == self.tasks().len() => limit,
            Some(Strategy::Pool(limit)) => limit.min(connections),
            Some(_) => connections,
        };
        limit.max(peak)
    }
}
