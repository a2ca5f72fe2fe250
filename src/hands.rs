//! A real processor: naive Fibonacci, the interview's own example of work that
//! no waiting is in, over and over, for about as long as was asked.

use std::cell::Cell;
use std::hint::black_box;

use expert_chef_core::millis::Millis;
use expert_chef_core::run::clock::Clock;
use expert_chef_core::run::hands::Processor;
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::MessageChannel;

use crate::clock::BrowserClock;
use crate::dom::heard;

/// The number of which a round finds the Fibonacci number, and that: some tens
/// of microseconds.
const ROUND: (u32, u32) = (20, 6_765);

/// How long a sample of the processor's speed takes.
const SAMPLE: Millis = Millis::new(8.0);

/// So many samples count, once the later half of them is no faster than the
/// earlier: what is new to the browser is slow at first.
const SAMPLES: usize = 8;
const FASTER: f64 = 1.05;

/// At the latest after so many.
const MOST_SAMPLES: usize = 40;

/// Less work than that is gone on with: going once around the event loop would
/// take as long.
const SHORT: Millis = Millis::new(4.0);

/// Work of that length keeps the browser from its own affairs, answers that have
/// come among them.
const LONG: Millis = Millis::new(8.0);

/// The Fibonacci number of that index, by its definition.
#[wasm_bindgen]
#[inline(never)]
#[must_use]
pub fn fibonacci(n: u32) -> u32 {
    match n {
        0 | 1 => n,
        _ => fibonacci(n - 1) + fibonacci(n - 2),
    }
}

/// The processor of this thread.
#[derive(Clone, Debug)]
pub struct BrowserProcessor {
    clock: BrowserClock,
    /// How many rounds it does in a millisecond.
    speed: Cell<f64>,
    /// How long it has worked since the thread caught up.
    worked: Cell<Millis>,
}

impl BrowserProcessor {
    /// One that does so many rounds in a millisecond, so far as is known.
    #[must_use]
    pub fn new(clock: BrowserClock, speed: f64) -> Self {
        Self {
            clock,
            speed: Cell::new(speed),
            worked: Cell::new(Millis::ZERO),
        }
    }

    /// How many rounds it does in a millisecond.
    #[must_use]
    pub fn speed(&self) -> f64 {
        self.speed.get()
    }

    /// A run begins: what it sets going before its first work is to be on its way
    /// by then.
    pub fn start(&self) {
        self.worked.set(LONG);
    }

    /// Measures how fast it is here and now, which takes about a tenth of a second,
    /// with a turn of the event loop now and then.
    pub async fn calibrate(&self) {
        let mut samples = Vec::new();
        for _ in 0..MOST_SAMPLES {
            hop().await;
            samples.push(self.sample());
            let Some(last) = samples.last_chunk::<SAMPLES>() else {
                continue;
            };
            let (earlier, later) = last.split_at(SAMPLES / 2);
            let (earlier, later): (f64, f64) = (earlier.iter().sum(), later.iter().sum());
            #[expect(clippy::cast_precision_loss, reason = "eight")]
            self.speed.set((earlier + later) / SAMPLES as f64);
            if later < earlier * FASTER {
                break;
            }
        }
    }

    /// Rounds in a millisecond.
    fn sample(&self) -> f64 {
        let before = self.clock.now();
        let mut began = before;
        // From one tick to another: some clocks show whole milliseconds.
        while began <= before {
            black_box(round());
            began = self.clock.now();
        }
        let mut rounds = 0.0;
        loop {
            black_box(round());
            rounds += 1.0;
            let took = self.clock.now() - began;
            if took >= SAMPLE {
                return rounds / took.ms();
            }
        }
    }
}

#[inline(never)]
fn round() -> u32 {
    fibonacci(black_box(ROUND.0))
}

/// To the end of the queue of all that has happened on this thread.
async fn hop() {
    let Ok(channel) = MessageChannel::new() else {
        return TimeoutFuture::new(0).await;
    };
    let (there, back) = (channel.port2(), channel.port1());
    let (listener, arrived) = heard(&back, "message");
    back.start();
    if there.post_message(&JsValue::NULL).is_ok() {
        let _ = arrived.await;
    }
    drop(listener);
    back.close();
}

impl Processor for BrowserProcessor {
    async fn catch_up(&self) {
        let worked = self.worked.get();
        if worked < SHORT {
            return;
        }
        self.worked.set(Millis::ZERO);
        hop().await;
        if worked >= LONG {
            // An answer takes some steps from the network to the program.
            for _ in 0..2 {
                TimeoutFuture::new(0).await;
            }
        }
    }

    fn work(&self, takes: Millis) -> bool {
        let began = self.clock.now();
        let rounds = (takes.ms() * self.speed.get()).round();
        let (mut done, mut sum) = (0.0, 0.0);
        while done < rounds {
            sum += f64::from(round());
            done += 1.0;
        }
        let took = self.clock.now() - began;
        self.worked.set(self.worked.get() + took);
        #[expect(
            clippy::float_cmp,
            reason = "whole numbers, far below what an f64 holds"
        )]
        let is_right = sum == rounds * f64::from(ROUND.1);
        is_right
    }
}
