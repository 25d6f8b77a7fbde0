//! From spans of `tracing` to those of OpenTelemetry. What is written into a span by mistake does not leave the box: only
//! attributes that are listed here do.

use std::fmt::Debug;
use std::sync::OnceLock;

use device_flow::net::span::TARGET;
use opentelemetry::trace::{SpanBuilder, SpanKind, Status, TraceContextExt, Tracer};
use opentelemetry::{Context, KeyValue, Value};
use opentelemetry_sdk::trace::SdkTracer;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, filter_fn};
use tracing_subscriber::layer;
use tracing_subscriber::registry::LookupSpan;

use crate::host::log::{SPANS, SpanLayer};

/// Attributes that leave the box. Each is of few values, and none is about a person.
const ATTRIBUTES: [&str; 7] = [
    METHOD,
    "server.address",
    "server.port",
    "http.response.status_code",
    ERROR,
    "vestibule.result",
    "vestibule.guest",
];
/// It is the name of a client's span, too (OpenTelemetry's conventions for HTTP).
const METHOD: &str = "http.request.method";
/// What has it has failed.
const ERROR: &str = "error.type";
/// Bytes of an attribute.
const LONGEST: usize = 255;

/// Who makes the spans; nobody where no traces are sent.
static TRACER: OnceLock<SdkTracer> = OnceLock::new();

/// From now on spans go to `tracer`.
pub(super) fn take(tracer: SdkTracer) {
    let _ = TRACER.set(tracer);
    // Until now it was settled for each place in the code that nobody wants its span.
    tracing::callsite::rebuild_interest_cache();
}

/// What the log passes spans to.
pub fn spans() -> SpanLayer {
    let filter = filter_fn(is_wanted).with_max_level_hint(LevelFilter::INFO);
    Box::new(Spans.with_filter(filter))
}

fn is_wanted(metadata: &Metadata<'_>) -> bool {
    let is_ours = [SPANS, TARGET].contains(&metadata.target());
    metadata.is_span() && is_ours && TRACER.get().is_some()
}

#[derive(Debug)]
struct Spans;

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Spans {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: layer::Context<'_, S>) {
        let (Some(tracer), Some(span)) = (TRACER.get(), context.span(id)) else {
            return;
        };
        let parent = span.parent();
        let parent = parent.and_then(|parent| parent.extensions().get::<Context>().cloned());
        let parent = parent.unwrap_or_default();
        let mut known = Known::default();
        attributes.record(&mut known);
        let begun = tracer.build_with_context(builder(span.name(), known), &parent);
        span.extensions_mut().insert(parent.with_span(begun));
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: layer::Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        let Some(begun) = span.extensions().get::<Context>().cloned() else {
            return;
        };
        let mut known = Known::default();
        values.record(&mut known);
        for attribute in known.0 {
            if attribute.key.as_str() == ERROR {
                begun.span().set_status(Status::error(""));
            }
            begun.span().set_attribute(attribute);
        }
    }

    fn on_close(&self, id: Id, context: layer::Context<'_, S>) {
        let begun = context
            .span(&id)
            .and_then(|span| span.extensions_mut().remove::<Context>());
        if let Some(begun) = begun {
            begun.span().end();
        }
    }
}

fn builder(name: &'static str, Known(attributes): Known) -> SpanBuilder {
    let method = attributes.iter().find(|known| known.key.as_str() == METHOD);
    let builder = match method.map(|method| method.value.to_string()) {
        Some(method) => SpanBuilder::from_name(method).with_kind(SpanKind::Client),
        None => SpanBuilder::from_name(name).with_kind(SpanKind::Internal),
    };
    builder.with_attributes(attributes)
}

/// The attributes of a span that are listed.
#[derive(Default)]
struct Known(Vec<KeyValue>);

impl Known {
    fn add(&mut self, field: &Field, value: impl Into<Value>) {
        if ATTRIBUTES.contains(&field.name()) {
            self.0.push(KeyValue::new(field.name(), value));
        }
    }
}

impl Visit for Known {
    fn record_i64(&mut self, field: &Field, value: i64) {
        self.add(field, value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.add(field, i64::try_from(value).unwrap_or(i64::MAX));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.add(field, value);
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.add(field, value.chars().take(LONGEST).collect::<String>());
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {
        // None of ours is written so.
    }
}
