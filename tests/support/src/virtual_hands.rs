//! Processors on a virtual clock: work takes as long as it is sized for, to the
//! last microsecond.

use expert_chef_core::asked::retry::RetryPolicy;
use expert_chef_core::asked::scenario::{Task, Work};
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::Failure;
use expert_chef_core::run::client::Client;
use expert_chef_core::run::clock::Clock;
use expert_chef_core::run::event::EventKind;
use expert_chef_core::run::execute::{Thread, perform};
use expert_chef_core::run::gate::Gate;
use expert_chef_core::run::hands::{Hands, Processor};
use expert_chef_core::run::workers::Workers;

use crate::virtual_clock::VirtualClock;

/// The processor of the clock's one thread.
#[derive(Clone, Debug)]
pub struct VirtualProcessor(pub VirtualClock);

impl Processor for VirtualProcessor {
    async fn catch_up(&self) {
        self.0.idle().await;
    }

    fn work(&self, takes: Millis) -> bool {
        self.0.block(takes);
        true
    }
}

/// Workers that start at once and hear without delay; as many as cores where
/// nobody says how many.
#[derive(Debug)]
pub struct VirtualWorkers<'a, L> {
    pub client: &'a L,
    pub clock: &'a VirtualClock,
    pub cores: usize,
}

impl<L: Client> Workers for VirtualWorkers<'_, L> {
    fn count(&self, asked: usize) -> usize {
        match asked {
            0 => self.cores,
            asked => asked,
        }
    }

    async fn perform(
        &self,
        (index, task): (usize, &Task),
        policy: &RetryPolicy,
        tell: &dyn Fn(EventKind),
    ) -> Result<(), Failure> {
        let hands = Hands::new(VirtualProcessor(self.clock.clone()));
        let thread = Thread {
            client: self.client,
            clock: self.clock,
            hands: &hands,
            gate: &Gate::default(),
        };
        if let Some(target) = task.work.target() {
            let call = Task {
                name: task.name.clone(),
                start: Millis::ZERO,
                work: Work::Call(target.clone()),
            };
            perform(index, &call, policy, &thread, tell).await?;
        }
        if let Some(takes) = task.work.compute() {
            if task.work.target().is_some() {
                tell(EventKind::Answered);
            }
            tell(EventKind::Started(
                expert_chef_core::asked::resource::Resource::Hands,
            ));
            // On a thread of its own: nobody else waits for it.
            self.clock.sleep(takes).await;
        }
        Ok(())
    }
}
