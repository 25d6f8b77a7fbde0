//! What waits to be sent, as the messages that OTLP has for it. The SDK collects and keeps; when to send is said by the
//! thread of this room alone, so that metrics and spans go together and the box wakes up once.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use opentelemetry::trace::TracerProvider as _;
use opentelemetry::{Context, KeyValue};
use opentelemetry_otlp::{
    MetricExporter, Protocol, RetryPolicy, SpanExporter, WithExportConfig, WithHttpConfig,
};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::metrics::data::ResourceMetrics;
use opentelemetry_sdk::metrics::exporter::PushMetricExporter as _;
use opentelemetry_sdk::metrics::reader::MetricReader;
use opentelemetry_sdk::metrics::{
    InstrumentKind, ManualReader, Pipeline, SdkMeterProvider, Temporality,
};
use opentelemetry_sdk::trace::{
    Sampler, SdkTracer, SdkTracerProvider, Span, SpanData, SpanExporter as _, SpanProcessor,
};

use super::collector::Collector;
use super::{Error, METRICS, TRACES, instruments, signal};
use crate::config;

/// Spans that are kept until the next sending, and sent in one message. More are dropped.
pub(super) const MOST_SPANS: usize = 1024;

/// What is counted, and the spans that have ended.
#[derive(Debug)]
pub(super) struct Exports {
    reader: Reader,
    metrics: MetricExporter,
    traces: Option<Traces>,
    /// Its instruments end with it.
    _meters: SdkMeterProvider,
}

#[derive(Debug)]
struct Traces {
    tracers: SdkTracerProvider,
    ended: Ended,
    spans: SpanExporter,
}

impl Exports {
    /// For the collector of `config`, about this `device`.
    pub(super) fn new(
        config: &config::Telemetry,
        device: Option<String>,
        collector: &Arc<Collector>,
    ) -> Result<Self, Error> {
        let resource = resource(config, device);
        let metrics = MetricExporter::builder()
            .with_http()
            .with_shared_http_client(collector.clone())
            .with_retry_policy(RetryPolicy::disabled())
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(signal(&config.otlp_endpoint, METRICS))
            .build()?;
        let reader = Reader::default();
        let meters = SdkMeterProvider::builder()
            .with_resource(resource.clone())
            .with_reader(reader.clone())
            .build();
        instruments::register(&meters);
        let traces = match config.traces {
            true => Some(Traces::new(config, resource, collector)?),
            false => None,
        };
        Ok(Self {
            reader,
            metrics,
            traces,
            _meters: meters,
        })
    }

    /// Who makes spans; nobody where no traces are sent.
    pub(super) fn tracer(&self) -> Option<SdkTracer> {
        let traces = self.traces.as_ref();
        traces.map(|traces| traces.tracers.tracer("vestibule"))
    }

    /// Sends everything that there is. That it failed is known to the collector, which also knows why.
    pub(super) async fn flush(&self) {
        let mut metrics = ResourceMetrics::default();
        if self.reader.collect(&mut metrics).is_ok() {
            let _ = self.metrics.export(&metrics).await;
        }
        if let Some(traces) = &self.traces {
            let ended = std::mem::take(&mut *traces.ended.spans());
            if !ended.is_empty() {
                let _ = traces.spans.export(ended).await;
            }
        }
    }
}

impl Traces {
    fn new(
        config: &config::Telemetry,
        resource: Resource,
        collector: &Arc<Collector>,
    ) -> Result<Self, Error> {
        let mut spans = SpanExporter::builder()
            .with_http()
            .with_shared_http_client(collector.clone())
            .with_retry_policy(RetryPolicy::disabled())
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(signal(&config.otlp_endpoint, TRACES))
            .build()?;
        spans.set_resource(&resource);
        let ended = Ended::default();
        let tracers = SdkTracerProvider::builder()
            .with_resource(resource)
            .with_sampler(Sampler::AlwaysOn)
            .with_span_processor(ended.clone())
            .build();
        Ok(Self {
            tracers,
            ended,
            spans,
        })
    }
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

/// Reads what is counted when it is asked to. Clones are one: the provider has one of them.
#[derive(Debug, Clone, Default)]
struct Reader(Arc<ManualReader>);

impl MetricReader for Reader {
    fn register_pipeline(&self, pipeline: Weak<Pipeline>) {
        self.0.register_pipeline(pipeline);
    }

    fn collect(&self, metrics: &mut ResourceMetrics) -> OTelSdkResult {
        self.0.collect(metrics)
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.0.force_flush()
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.0.shutdown_with_timeout(timeout)
    }

    fn temporality(&self, kind: InstrumentKind) -> Temporality {
        self.0.temporality(kind)
    }
}

/// The spans that have ended since the last sending. Clones share them.
#[derive(Debug, Clone, Default)]
struct Ended(Arc<Mutex<Vec<SpanData>>>);

impl Ended {
    fn spans(&self) -> MutexGuard<'_, Vec<SpanData>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SpanProcessor for Ended {
    fn on_start(&self, _: &mut Span, _: &Context) {}

    fn on_end(&self, span: SpanData) {
        let mut spans = self.spans();
        if spans.len() < MOST_SPANS {
            spans.push(span);
        }
    }

    fn force_flush(&self) -> OTelSdkResult {
        Ok(())
    }

    fn shutdown_with_timeout(&self, _: Duration) -> OTelSdkResult {
        Ok(())
    }
}
