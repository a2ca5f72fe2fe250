//! Performs a comparison: each kitchen's strategy over the client that there is,
//! and every event back to the stage.

use std::ops::Range;
use std::rc::{Rc, Weak};

use expert_chef_core::asked::config::{Config, Mode};
use expert_chef_core::asked::strategy::Strategy;
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::Failure;
use expert_chef_core::run::clock::Clock;
use expert_chef_core::run::execute::{Thread, execute};
use expert_chef_core::run::gate::TURN;
use expert_chef_core::shown::stage::Msg;
use futures::StreamExt;
use futures::future::FutureExt;
use futures::stream::FuturesUnordered;

use super::Inner;
use crate::client::{BrowserClient, why};
use crate::page::Page;
use crate::page::pulse::Pulse;
use crate::page::services::Services;
use crate::page::timing_log::TimingLog;
use crate::workers::Crew;

/// How long after a call's end the browser has told what there was to it.
const TOLD: Millis = Millis::new(50.0);

/// By then the kitchens as they are before a run, or after the one before it,
/// are laid out and painted, so that this is in no call's time.
const PAINTED: Millis = Millis::new(40.0);

/// Runs the stage's scenario in those of its kitchens. Holds the stage weakly, so
/// that a stage which is dropped takes its run with it.
pub(super) async fn perform(weak: Weak<Inner>, services: Rc<Services>, which: Range<usize>) {
    let mut client = services.client().await;
    let Some(inner) = weak.upgrade() else { return };
    inner.send(Msg::Started(client.backing()));
    let config = Rc::clone(inner.stage.borrow().config());
    let page = Rc::clone(&inner.page);
    let clock = page.clock.clone();
    drop(inner);
    // What is measured once is the same work in all kitchens.
    if config.scenario.computes() {
        client.listen();
        if which.start == 0 {
            page.hands.processor().calibrate().await;
        }
    }

    // Of the type that calls have: lists of futures of another one would be
    // compiled once more.
    let kitchens = config.compare.iter().enumerate();
    let kitchens = kitchens.filter(|(kitchen, _)| which.contains(kitchen));
    let kitchens = kitchens.map(|(kitchen, &strategy)| {
        let cooking = cook(&weak, kitchen, strategy, &config, &client, &page);
        cooking.map(Ok::<(), Failure>).boxed_local()
    });
    match config.mode_in_effect() {
        Mode::Race => {
            clock.sleep(PAINTED).await;
            let mut race = FuturesUnordered::new();
            for kitchen in kitchens {
                race.push(kitchen);
            }
            while race.next().await.is_some() {}
        }
        Mode::Turns => {
            for kitchen in kitchens {
                clock.sleep(PAINTED).await;
                let _ = kitchen.await;
            }
        }
    }
    let Some(inner) = weak.upgrade() else { return };
    let silent = inner.stage.borrow().recording().unanswered();
    drop(inner);
    let found = why(&silent).await;
    if let Some(inner) = weak.upgrade() {
        if let Some(found) = found {
            inner.send(Msg::Explained(found));
        }
        inner.send(Msg::Finished);
    }
}

/// Runs one kitchen's strategy and records what happens.
async fn cook(
    weak: &Weak<Inner>,
    kitchen: usize,
    strategy: Strategy,
    config: &Config,
    client: &BrowserClient,
    page: &Page,
) {
    let send = |msg| {
        if let Some(inner) = weak.upgrade() {
            inner.send(msg);
        }
    };
    let computes = config.scenario.computes();
    let urls = config.scenario.endpoints().count();
    let mut turn = None;
    while urls > 0 && turn.is_none() {
        turn = page.gate.turn(urls, page.clock.now());
        if turn.is_none() {
            page.clock.sleep(TURN).await;
        }
    }
    let looks = computes || urls > 0;
    let log = looks.then(TimingLog::new).flatten();
    let pulse = computes.then(|| Pulse::new(page.window.clone(), page.clock.clone()));
    page.hands.processor().start();
    send(Msg::Began(kitchen));
    send(Msg::Hidden(page.is_hidden()));
    let thread = Thread {
        client,
        clock: &page.clock,
        hands: &page.hands,
        gate: &page.gate,
    };
    let hosts = page.hosts.borrow().clone();
    let speed = page.hands.processor().speed();
    let crew = Crew {
        staff: &page.staff,
        hosts: &hosts,
        backing: client.backing(),
        speed,
        count: strategy.places(config.scenario.tasks.len(), |asked| hosts.workers(asked)),
    };
    execute(
        &config.scenario.tasks,
        strategy,
        &config.policy_in_effect(),
        &thread,
        &crew,
        |event| send(Msg::Happened(kitchen, event)),
    )
    .await;
    if looks {
        page.clock.sleep(TOLD).await;
        // What the services tell themselves comes first: it counts.
        let mut told = client.take_told();
        told.extend(log.map(|log| log.take()).unwrap_or_default());
        if let Some(inner) = weak.upgrade() {
            inner.page.learn(|hosts| hosts.learn(&told));
        }
        let frames = pulse.map(|pulse| pulse.take()).unwrap_or_default();
        send(Msg::Measured(kitchen, told, frames));
    }
}
