//! A line in which whoever comes first has the first turn.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// Those who want a turn, in the order in which they came; the first has it.
#[derive(Debug, Default)]
pub struct Line {
    next_id: Cell<u64>,
    standing: RefCell<Vec<(u64, Waker)>>,
}

/// A place in the line and, once it resolves to itself, the turn. Dropping it
/// leaves the line.
#[derive(Debug)]
#[must_use = "it is left when dropped"]
pub struct Turn<'a> {
    line: &'a Line,
    id: Option<u64>,
}

impl Line {
    /// A turn, once it has come. One joins the line with the first poll.
    pub async fn turn(&self) -> Turn<'_> {
        let mut turn = Turn {
            line: self,
            id: None,
        };
        (&mut turn).await;
        turn
    }
}

impl Future for &mut Turn<'_> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let line = self.line;
        let mut standing = line.standing.borrow_mut();
        let waker = context.waker().clone();
        match self.id {
            None => {
                let id = line.next_id.get();
                line.next_id.set(id + 1);
                self.id = Some(id);
                standing.push((id, waker));
            }
            Some(id) => {
                if let Some(place) = standing.iter_mut().find(|(other, _)| *other == id) {
                    place.1 = waker;
                }
            }
        }
        match standing.first() {
            Some((first, _)) if Some(*first) != self.id => Poll::Pending,
            _ => Poll::Ready(()),
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut standing = self.line.standing.borrow_mut();
        let had_turn = standing.first().map(|(first, _)| *first) == self.id;
        standing.retain(|(id, _)| Some(*id) != self.id);
        let next = standing.first().filter(|_| had_turn);
        if let Some(waker) = next.map(|(_, waker)| waker.clone()) {
            drop(standing);
            waker.wake();
        }
    }
}
