//! Performs a comparison: each kitchen's strategy over the client that there is,
//! and every event back to the stage.

use std::ops::Range;
use std::rc::{Rc, Weak};

use expert_chef_core::asked::config::{Config, Mode};
use expert_chef_core::asked::strategy::Strategy;
use expert_chef_core::millis::Millis;
use expert_chef_core::outcome::Failure;
use expert_chef_core::run::clock::Clock;
use expert_chef_core::run::execute::execute;
use expert_chef_core::shown::stage::Msg;
use futures::StreamExt;
use futures::future::FutureExt;
use futures::stream::FuturesUnordered;

use super::Inner;
use crate::client::BrowserClient;
use crate::clock::BrowserClock;
use crate::page::services::Services;
use crate::page::timing_log::TimingLog;

/// How long after a call's end the browser has told what there was to it.
const TOLD: Millis = Millis::new(50.0);

/// By then the kitchens as they are before a run, or after the one before it,
/// are laid out and painted, so that this is in no call's time.
const PAINTED: Millis = Millis::new(40.0);

/// Runs the stage's scenario in those of its kitchens. Holds the stage weakly, so
/// that a stage which is dropped takes its run with it.
pub(super) async fn perform(weak: Weak<Inner>, services: Rc<Services>, which: Range<usize>) {
    let client = services.client().await;
    let Some(inner) = weak.upgrade() else { return };
    inner.send(Msg::Started(client.backing()));
    let config = Rc::clone(inner.stage.borrow().config());
    let clock = inner.page.clock.clone();
    drop(inner);

    // Of the type that calls have: lists of futures of another one would be
    // compiled once more.
    let kitchens = config.compare.iter().enumerate();
    let kitchens = kitchens.filter(|(kitchen, _)| which.contains(kitchen));
    let kitchens = kitchens.map(|(kitchen, &strategy)| {
        let cooking = cook(&weak, kitchen, strategy, &config, &client, &clock);
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
    if let Some(inner) = weak.upgrade() {
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
    clock: &BrowserClock,
) {
    let send = |msg| {
        if let Some(inner) = weak.upgrade() {
            inner.send(msg);
        }
    };
    let has_endpoints = config.scenario.endpoints().next().is_some();
    let log = has_endpoints.then(TimingLog::new).flatten();
    send(Msg::Began(kitchen));
    execute(
        &config.scenario.tasks,
        strategy,
        &config.policy,
        client,
        clock,
        |event| send(Msg::Happened(kitchen, event)),
    )
    .await;
    if let Some(log) = log {
        clock.sleep(TOLD).await;
        let told = log.take();
        if let Some(inner) = weak.upgrade() {
            inner.page.learn(|hosts| hosts.learn(&told));
        }
        send(Msg::Measured(kitchen, told));
    }
}
