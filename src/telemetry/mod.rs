//! Telemetry: what the program counts, and spans of sign-in, refresh and API calls, sent by OTLP over HTTP to a collector that
//! the owner names. Without `[telemetry]` none of this runs.
//!
//! * `spans`: from spans of `tracing` to those of OpenTelemetry; lets through only the attributes that it knows.
//! * `instruments`: the counters of [`crate::host::metrics`] as OpenTelemetry's instruments.
//! * `collector`: sends what is exported, over connections like all others of the program.
//!
//! Everything happens on threads of its own, once per interval: nothing that a collector does can hold up the screen.

mod collector;
mod instruments;
mod spans;
#[cfg(test)]
mod tests;

use std::sync::{Arc, OnceLock};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use device_flow::{Chance, later};
use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider;
use opentelemetry_http::Bytes;
use opentelemetry_otlp::{
    ExporterBuildError, MetricExporter, Protocol, RetryPolicy, SpanExporter, WithExportConfig,
    WithHttpConfig,
};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::metrics::{PeriodicReader, SdkMeterProvider};
use opentelemetry_sdk::trace::{
    BatchConfigBuilder, BatchSpanProcessor, Sampler, SdkTracerProvider,
};
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep, timeout_at};
use url::Url;

use crate::config;
use crate::host::event::{self, Event};
use collector::Collector;
pub use spans::spans;

/// Where each signal goes, below the endpoint (OTLP over HTTP).
const METRICS: &str = "v1/metrics";
const TRACES: &str = "v1/traces";
/// What the readers of the SDK wait for by themselves: never, as far as a box is concerned. They are told when to send, so
/// that metrics and spans go together and the box wakes up once.
const NEVER: Duration = Duration::from_secs(100 * 86_400);
/// Spans that are kept until the next sending, and sent in one message. More are dropped by the SDK.
const MOST_SPANS: usize = 1024;
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
    stop: oneshot::Sender<()>,
    thread: JoinHandle<()>,
}

/// What the SDK has, kept to the end of the process: dropping it would wait for the collector once more.
static PROVIDERS: OnceLock<Providers> = OnceLock::new();

#[derive(Debug, Clone)]
struct Providers {
    meters: SdkMeterProvider,
    tracers: Option<SdkTracerProvider>,
}

impl Telemetry {
    /// Begins to send to the collector of `config`, about this `device`. Once in a process.
    ///
    /// # Errors
    /// [`Error`] where nothing can be sent; the program does without.
    pub fn start(config: &config::Telemetry, device: &config::Device) -> Result<Self, Error> {
        let interval = Duration::from_secs(config.interval_seconds.into());
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let handle = runtime.handle().clone();
        let collector = Arc::new(Collector::new(config, device.user_agent(), handle)?);
        let providers = providers(config, device.name(), &collector)?;
        if let Some(tracers) = &providers.tracers {
            spans::take(tracers.tracer("vestibule"));
        }
        let providers = PROVIDERS.get_or_init(|| providers).clone();
        let (stop, stopped) = oneshot::channel();
        let thread = thread::Builder::new()
            .name("telemetry".to_owned())
            .spawn(move || send(runtime, &providers, &collector, interval, stopped))?;
        Ok(Self { stop, thread })
    }

    /// Sends what there is, and waits for two seconds at most.
    pub fn end(self) {
        let _ = self.stop.send(());
        let _ = self.thread.join();
    }
}

/// Why the collector would not take what is sent, as far as a message with nothing in it can tell.
pub async fn refusal(config: &config::Telemetry, device: &config::Device) -> Option<String> {
    let handle = tokio::runtime::Handle::current();
    let collector = match Collector::new(config, device.user_agent(), handle) {
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

fn providers(
    config: &config::Telemetry,
    device: Option<String>,
    collector: &Arc<Collector>,
) -> Result<Providers, Error> {
    let resource = resource(config, device);
    let metrics = MetricExporter::builder()
        .with_http()
        .with_shared_http_client(collector.clone())
        .with_retry_policy(RetryPolicy::disabled())
        .with_protocol(Protocol::HttpBinary)
        .with_endpoint(signal(&config.otlp_endpoint, METRICS))
        .build()?;
    let reader = PeriodicReader::builder(metrics)
        .with_interval(NEVER)
        .build();
    let meters = SdkMeterProvider::builder()
        .with_resource(resource.clone())
        .with_reader(reader)
        .build();
    instruments::register(&meters);
    let tracers = match config.traces {
        true => Some(tracers(config, resource, collector)?),
        false => None,
    };
    Ok(Providers { meters, tracers })
}

fn tracers(
    config: &config::Telemetry,
    resource: Resource,
    collector: &Arc<Collector>,
) -> Result<SdkTracerProvider, Error> {
    let exporter = SpanExporter::builder()
        .with_http()
        .with_shared_http_client(collector.clone())
        .with_retry_policy(RetryPolicy::disabled())
        .with_protocol(Protocol::HttpBinary)
        .with_endpoint(signal(&config.otlp_endpoint, TRACES))
        .build()?;
    let batch = BatchConfigBuilder::default()
        .with_max_queue_size(MOST_SPANS)
        .with_max_export_batch_size(MOST_SPANS)
        .with_scheduled_delay(NEVER)
        .build();
    let processor = BatchSpanProcessor::builder(exporter)
        .with_batch_config(batch)
        .build();
    Ok(SdkTracerProvider::builder()
        .with_resource(resource)
        .with_sampler(Sampler::AlwaysOn)
        .with_span_processor(processor)
        .build())
}

/// The address of one signal: the endpoint ends with a slash.
fn signal(endpoint: &Url, path: &str) -> String {
    endpoint
        .join(path)
        .map_or_else(|_| format!("{endpoint}{path}"), String::from)
}

/// What everything that is sent is said of. What the owner adds wins.
fn resource(config: &config::Telemetry, device: Option<String>) -> Resource {
    let device = device.map(|name| KeyValue::new("service.instance.id", name));
    let own = config.attributes.iter();
    let own = own.map(|(name, value)| KeyValue::new(name.clone(), value.clone()));
    // Not `builder()`, which reads attributes from the environment.
    Resource::builder_empty()
        .with_attributes([
            KeyValue::new("service.name", "vestibule"),
            KeyValue::new("service.version", env!("CARGO_PKG_VERSION")),
        ])
        .with_attributes(device)
        .with_attributes(own)
        .build()
}

/// The thread: sends once per interval, and a last time.
fn send(
    runtime: Runtime,
    providers: &Providers,
    collector: &Arc<Collector>,
    interval: Duration,
    mut stopped: oneshot::Receiver<()>,
) {
    runtime.block_on(async {
        // Boxes that were switched on together do not send together.
        let mut pause = interval.mul_f64(fastrand::f64());
        loop {
            tokio::select! {
                _ = &mut stopped => break,
                () = sleep(pause) => {}
            }
            let mut sending = flush(providers);
            tokio::select! {
                () = &mut sending => {}
                _ = &mut stopped => {
                    let deadline = Instant::now() + LAST;
                    let _ = timeout_at(deadline, sending).await;
                    let _ = timeout_at(deadline, flush(providers)).await;
                    return;
                }
            }
            let wait = told(collector, interval);
            pause = match wait > interval {
                true => later(wait, Duration::ZERO, Chance::draw()),
                false => wait,
            };
        }
        let _ = timeout_at(Instant::now() + LAST, flush(providers)).await;
    });
    // What still waits for the collector is not waited for.
    runtime.shutdown_background();
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

/// Has everything sent that there is. It blocks, so on another thread; this one drives the connection meanwhile.
fn flush(providers: &Providers) -> std::pin::Pin<Box<dyn Future<Output = ()> + Send>> {
    let providers = providers.clone();
    let sending = tokio::task::spawn_blocking(move || {
        // That it failed is known to the collector, which also knows why.
        let _ = providers.meters.force_flush();
        let _ = providers.tracers.map(|tracers| tracers.force_flush());
    });
    Box::pin(async move {
        let _ = sending.await;
    })
}
