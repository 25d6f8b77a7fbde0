//! What a key, a picture and a large answer cost, as a table: `cargo bench --features bench --bench screen`.
//!
//! No display and no network beyond loopback. Figures of two machines cannot be compared; the ratio of two
//! lines of one run can.

mod json;
mod keys;
mod mapping;
mod posters;

use std::time::{Duration, Instant};

use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Memory in use now, in bytes.
fn memory() -> usize {
    MEMORY.current_usage()
}

/// The median and the 95th percentile of these times.
fn spread(mut times: Vec<Duration>) -> (Duration, Duration) {
    times.sort();
    let at = |share: usize| {
        let index = (times.len() * share / 100).min(times.len().saturating_sub(1));
        times.get(index).copied().unwrap_or_default()
    };
    (at(50), at(95))
}

/// How long a piece of work takes.
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let made = work();
    (made, start.elapsed())
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn main() -> std::io::Result<()> {
    if cfg!(debug_assertions) {
        println!("(not optimised: only ratios mean something)");
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        keys::table().await;
        mapping::table();
        json::table().await;
        posters::table();
    });
    Ok(())
}
