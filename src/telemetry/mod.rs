//! Telemetry: what the program counts, and spans of sign-in, refresh and API calls, sent by OTLP over HTTP to a collector that
//! the owner names. Without `[telemetry]` none of this runs.
//!
//! * `spans`: from spans of `tracing` to those of OpenTelemetry; lets through only the attributes that it knows.
//! * `instruments`: the counters of [`crate::host::metrics`] as OpenTelemetry's instruments.
//! * `exports`: what waits to be sent, as messages of OTLP.
//! * `collector`: sends them, over connections like all others of the program.
//!
//! Everything happens on one thread of its own, which sleeps in between: nothing that a collector does can hold up the
//! screen, and a box at rest wakes up once per interval. The SDK's own readers have a thread each, and a runtime that
//! waits with tokio's timer wakes several times within ten seconds.

mod collector;
mod exports;
mod instruments;
mod spans;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use device_flow::{Chance, later};
use opentelemetry_http::Bytes;
use opentelemetry_otlp::ExporterBuildError;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};
use url::Url;

use crate::config;
use crate::host::event::{self, Event};
use collector::Collector;
use exports::Exports;
pub use spans::spans;

/// Where each signal goes, below the endpoint (OTLP over HTTP).
const METRICS: &str = "v1/metrics";
const TRACES: &str = "v1/traces";
/// How long the end of the program waits for what is still to be sent.
const LAST: Duration = Duration::from_secs(2);
/// The longest pause that a collector may ask for.
const LONGEST_PAUSE: Duration = Duration::from_secs(3600);

/// Why nothing is sent.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file with a header cannot be used.
    #[error(transparent)]
    Config(#[from] config::Error),
    /// A part of the exporter cannot be made.
    #[error(transparent)]
    Exporter(#[from] ExporterBuildError),
    /// The system refuses a thread.
    #[error("{0}")]
    System(#[from] std::io::Error),
}

/// Telemetry that is sent until [`Telemetry::end`].
#[derive(Debug)]
pub struct Telemetry {
    stop: mpsc::Sender<()>,
    /// Whoever is sending at that moment hurries.
    hurry: Arc<Notify>,
    thread: JoinHandle<()>,
}

impl Telemetry {
    /// Begins to send to the collector of `config`, about this `device`. Once in a process.
    ///
    /// # Errors
    /// [`Error`] where nothing can be sent; the program does without.
    pub fn start(config: &config::Telemetry, device: &config::Device) -> Result<Self, Error> {
        let interval = Duration::from_secs(config.interval_seconds.into());
        let collector = Arc::new(Collector::new(config, device.user_agent())?);
        let exports = Exports::new(config, device.name(), &collector)?;
        if let Some(tracer) = exports.tracer() {
            spans::take(tracer);
        }
        let (stop, stopped) = mpsc::channel();
        let hurry = Arc::new(Notify::new());
        let hurries = Arc::clone(&hurry);
        let thread = thread::Builder::new()
            .name("telemetry".to_owned())
            .spawn(move || send(&exports, &collector, interval, &stopped, &hurries))?;
        Ok(Self {
            stop,
            hurry,
            thread,
        })
    }

    /// Sends what there is, and waits for two seconds at most.
    pub fn end(self) {
        let _ = self.stop.send(());
        self.hurry.notify_one();
        let _ = self.thread.join();
    }
}

/// Why the collector would not take what is sent, as far as a message with nothing in it can tell.
pub async fn refusal(config: &config::Telemetry, device: &config::Device) -> Option<String> {
    let collector = match Collector::new(config, device.user_agent()) {
        Ok(collector) => collector,
        Err(error) => return Some(error.to_string()),
    };
    let signals = [METRICS, TRACES];
    let sent = signals.iter().take(if config.traces { 2 } else { 1 });
    for path in sent {
        let url = signal(&config.otlp_endpoint, path);
        if let Err(why) = collector.send(&url, Bytes::new()).await {
            return Some(why);
        }
    }
    None
}

/// The address of one signal: the endpoint ends with a slash.
fn signal(endpoint: &Url, path: &str) -> String {
    endpoint
        .join(path)
        .map_or_else(|_| format!("{endpoint}{path}"), String::from)
}

/// The thread: sends once per interval, and a last time.
fn send(
    exports: &Exports,
    collector: &Collector,
    interval: Duration,
    stopped: &mpsc::Receiver<()>,
    hurry: &Notify,
) {
    // Boxes that were switched on together do not send together.
    let mut pause = interval.mul_f64(fastrand::f64());
    while stopped.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
        let hurried = flush(async {
            let sending = exports.flush();
            tokio::pin!(sending);
            tokio::select! {
                () = &mut sending => false,
                () = hurry.notified() => {
                    let deadline = Instant::now() + LAST;
                    let _ = timeout_at(deadline, sending).await;
                    let _ = timeout_at(deadline, exports.flush()).await;
                    true
                }
            }
        });
        let wait = match hurried {
            Some(true) => return,
            Some(false) => told(collector, interval),
            None => interval,
        };
        pause = match wait > interval {
            true => later(wait, Duration::ZERO, Chance::draw()),
            false => wait,
        };
    }
    let last = async { timeout_at(Instant::now() + LAST, exports.flush()).await };
    let _ = flush(last);
}

/// Sends in a runtime that is there for as long as that takes: what is left of connections ends with it, and nothing of
/// it ever wakes the box in between. Nothing where the system refuses one.
fn flush<T>(sending: impl Future<Output = T>) -> Option<T> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime
        .inspect_err(|error| tracing::warn!(%error, "telemetry is not sent"))
        .ok()?;
    let sent = runtime.block_on(sending);
    // A name that is still looked up is not waited for.
    runtime.shutdown_background();
    Some(sent)
}

/// Tells what became of what was sent, and how long to wait before more is.
fn told(collector: &Collector, interval: Duration) -> Duration {
    let host = collector.host();
    let Some(refusal) = collector.take_refusal() else {
        event::telemetry_taken(host);
        return interval;
    };
    event::tell(Event::TelemetryRefused {
        host: host.to_owned(),
        why: refusal.why,
    });
    let asked = refusal.retry_after.unwrap_or_default();
    asked.min(LONGEST_PAUSE).max(interval)
}
