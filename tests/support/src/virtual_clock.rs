//! Time that passes only when nothing else can happen: hours of waiting in
//! microseconds, and every run the same. The native tests run on it.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::future::Future;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use expert_chef_core::millis::Millis;
use expert_chef_core::run::clock::Clock;

/// A clock whose time jumps to the next sleeper as soon as all are asleep.
/// Clones share one time.
#[derive(Clone, Debug, Default)]
pub struct VirtualClock(Rc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    now: Cell<Millis>,
    next_id: Cell<u64>,
    sleepers: RefCell<Vec<Sleeper>>,
}

#[derive(Debug)]
struct Sleeper {
    id: u64,
    due: Millis,
    /// Whether it wakes when all else that is due has.
    is_last: bool,
    waker: Waker,
}

/// A future that waits for something other than this clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stalled;

impl fmt::Display for Stalled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the future is pending, and nobody sleeps on the virtual clock")
    }
}

impl VirtualClock {
    /// A clock that shows zero.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Polls the future, letting time jump from sleeper to sleeper, until it
    /// is done. Sleepers due at the same time wake in the order in which they
    /// went to sleep, each with a poll of its own.
    pub fn run<F: Future>(&self, future: F) -> Result<F::Output, Stalled> {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return Ok(output);
            }
            let next = self.next_sleeper().ok_or(Stalled)?;
            self.0.now.set(self.now().max(next.due));
            next.waker.wake();
        }
    }

    /// Lets time go by, while nobody can wake.
    pub fn block(&self, takes: Millis) {
        self.0.now.set(self.now() + takes);
    }

    /// Resolves once all are awake that are due by now.
    pub fn idle(&self) -> impl Future<Output = ()> {
        let mut idle = self.sleeping(Millis::ZERO);
        idle.is_last = true;
        idle
    }

    fn sleeping(&self, duration: Millis) -> Sleep {
        Sleep {
            clock: self.clone(),
            due: self.now() + duration.max(Millis::ZERO),
            is_last: false,
            id: None,
        }
    }

    /// How many timers are running.
    #[must_use]
    pub fn sleepers(&self) -> usize {
        self.0.sleepers.borrow().len()
    }

    fn next_sleeper(&self) -> Option<Sleeper> {
        let mut sleepers = self.0.sleepers.borrow_mut();
        let (next, _) = sleepers.iter().enumerate().min_by(|(_, a), (_, b)| {
            let by_due = a.due.total_cmp(&b.due);
            by_due.then(a.is_last.cmp(&b.is_last))
        })?;
        Some(sleepers.remove(next))
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Millis {
        self.0.now.get()
    }

    fn sleep(&self, duration: Millis) -> impl Future<Output = ()> {
        self.sleeping(duration)
    }
}

/// One sleep; leaves the clock's queue when dropped.
struct Sleep {
    clock: VirtualClock,
    due: Millis,
    is_last: bool,
    /// Its place in the queue, from the first poll on.
    id: Option<u64>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let shared = Rc::clone(&self.clock.0);
        let mut sleepers = shared.sleepers.borrow_mut();
        let waker = context.waker().clone();
        match self.id {
            None => {
                let id = shared.next_id.get();
                shared.next_id.set(id + 1);
                self.id = Some(id);
                let (due, is_last) = (self.due, self.is_last);
                sleepers.push(Sleeper {
                    id,
                    due,
                    is_last,
                    waker,
                });
                Poll::Pending
            }
            Some(id) => match sleepers.iter_mut().find(|sleeper| sleeper.id == id) {
                Some(sleeper) => {
                    sleeper.waker = waker;
                    Poll::Pending
                }
                None => Poll::Ready(()),
            },
        }
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        let mut sleepers = self.clock.0.sleepers.borrow_mut();
        sleepers.retain(|sleeper| Some(sleeper.id) != self.id);
    }
}
