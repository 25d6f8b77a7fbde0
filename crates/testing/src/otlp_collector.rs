//! A collector of OpenTelemetry's data: takes OTLP over HTTP, decodes it, and answers as it is told, well or badly.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{KeyValue, any_value::Value};
use opentelemetry_proto::tonic::metrics::v1::{NumberDataPoint, metric::Data, number_data_point};
use opentelemetry_proto::tonic::resource::v1::Resource;
use prost::Message as _;

use crate::http::Message;

/// What becomes of what is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is taken.
    Takes,
    /// It is refused with this status, and a pause asked for.
    Refuses(u16),
    /// It is taken with bytes that are no answer.
    Garbage,
    /// A captive portal answers.
    Page,
    /// The answer never ends.
    Flood,
    /// Nothing is ever said.
    Silence,
}

/// A collector on loopback.
pub struct OtlpCollector {
    base: String,
    state: Arc<Mutex<State>>,
}

struct State {
    answer: Answer,
    received: Vec<Message>,
}

/// A span as it was sent.
#[derive(Debug, Clone)]
pub struct Span {
    /// Its name.
    pub name: String,
    /// Its kind, as in the protocol: 1 internal, 3 client.
    pub kind: i32,
    /// What belongs together.
    pub trace: Vec<u8>,
    /// Itself.
    pub id: Vec<u8>,
    /// What it is part of; empty for the root.
    pub parent: Vec<u8>,
    /// Its attributes as text.
    pub attributes: BTreeMap<String, String>,
    /// Whether it says that it failed.
    pub failed: bool,
    /// How long it took, in milliseconds.
    pub milliseconds: u64,
}

impl OtlpCollector {
    /// One that takes everything.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State {
            answer: Answer::Takes,
            received: Vec::new(),
        }));
        let shared = Arc::clone(&state);
        let _server = thread::spawn(move || {
            for stream in listener.incoming() {
                let shared = Arc::clone(&shared);
                let _one = thread::spawn(move || {
                    // A client that hangs up early is none of our business.
                    let _ = stream.and_then(|stream| serve(stream, &shared));
                });
            }
        });
        Self { base, state }
    }

    /// What goes into `otlp_endpoint`.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Answers like this from now on.
    pub fn answer(&self, answer: Answer) {
        self.state.lock().unwrap().answer = answer;
    }

    /// Everything that was sent to a path, in order.
    pub fn received(&self, path: &str) -> Vec<Message> {
        let state = self.state.lock().unwrap();
        let received = state.received.iter();
        received
            .filter(|message| message.target() == path)
            .cloned()
            .collect()
    }

    /// Every byte that came, heads of requests among it.
    pub fn bytes(&self) -> Vec<u8> {
        let state = self.state.lock().unwrap();
        let heads = state.received.iter();
        heads.flat_map(super::http::Message::bytes).collect()
    }

    /// Every span that was sent.
    pub fn spans(&self) -> Vec<Span> {
        let messages = self.received("/v1/traces");
        let requests = messages
            .iter()
            .map(|message| ExportTraceServiceRequest::decode(message.body.as_slice()).unwrap());
        let resources = requests.flat_map(|request| request.resource_spans);
        let scopes = resources.flat_map(|resource| resource.scope_spans);
        let spans = scopes.flat_map(|scope| scope.spans);
        spans
            .map(|span| Span {
                failed: span.status.is_some_and(|status| status.code == 2),
                milliseconds: (span.end_time_unix_nano - span.start_time_unix_nano) / 1_000_000,
                attributes: texts(&span.attributes),
                name: span.name,
                kind: span.kind,
                trace: span.trace_id,
                id: span.span_id,
                parent: span.parent_span_id,
            })
            .collect()
    }

    /// The number that was sent last under a name with these attributes; none where there is none.
    pub fn number(&self, name: &str, attributes: &[(&str, &str)]) -> Option<i64> {
        let wanted: BTreeMap<_, _> = attributes
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let last = self.received("/v1/metrics").pop()?;
        let points = points(&last).into_iter();
        let mut found =
            points.filter(|(at, _, point)| at == name && texts(&point.attributes) == wanted);
        found.next().map(|(_, _, point)| value(&point))
    }

    /// Attributes of the resource that was sent last.
    pub fn resource(&self) -> BTreeMap<String, String> {
        let last = self.received("/v1/metrics").pop().unwrap();
        let request = ExportMetricsServiceRequest::decode(last.body.as_slice()).unwrap();
        resource(request.resource_metrics[0].resource.as_ref())
    }

    /// The last metrics and all spans, for people.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (name, value) in self.resource() {
            let _ = writeln!(text, "resource  {name} = {value}");
        }
        let last = self.received("/v1/metrics").pop().unwrap();
        for (name, unit, point) in points(&last) {
            let _ = writeln!(
                text,
                "metric    {name} {} {unit} {:?}",
                value(&point),
                texts(&point.attributes)
            );
        }
        let spans = self.spans();
        for span in &spans {
            let parent = spans.iter().find(|other| other.id == span.parent);
            let _ = writeln!(
                text,
                "span      {} kind={} {} ms{}{} {:?}",
                span.name,
                span.kind,
                span.milliseconds,
                parent.map_or(String::new(), |parent| format!(" in {}", parent.name)),
                if span.failed { " FAILED" } else { "" },
                span.attributes
            );
        }
        text
    }
}

fn serve(mut stream: TcpStream, shared: &Mutex<State>) -> std::io::Result<()> {
    let Some(message) = Message::read(&stream)? else {
        return Ok(());
    };
    let answer = {
        let mut state = shared.lock().unwrap();
        state.received.push(message);
        state.answer
    };
    let head = |status: u16, kind: &str, more: &str| {
        format!("HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n{more}Connection: close\r\n")
    };
    let protobuf = "application/x-protobuf";
    match answer {
        Answer::Takes => write!(
            stream,
            "{}Content-Length: 0\r\n\r\n",
            head(200, protobuf, "")
        ),
        Answer::Refuses(status) => write!(
            stream,
            "{}Content-Length: 2\r\n\r\nno",
            head(status, "text/plain", "Retry-After: 7200\r\n")
        ),
        Answer::Garbage => {
            write!(
                stream,
                "{}Content-Length: 64\r\n\r\n",
                head(200, protobuf, "")
            )?;
            stream.write_all(&[0xff; 64])
        }
        Answer::Page => write!(
            stream,
            "{}Content-Length: 20\r\n\r\n<html>Welcome</html>",
            head(200, "text/html", "")
        ),
        Answer::Flood => {
            write!(stream, "{}\r\n", head(200, protobuf, ""))?;
            loop {
                stream.write_all(&[0; 4096])?;
            }
        }
        // Until the client has had enough.
        Answer::Silence => stream.read(&mut [0]).map(drop),
    }
}

fn points(message: &Message) -> Vec<(String, String, NumberDataPoint)> {
    let request = ExportMetricsServiceRequest::decode(message.body.as_slice()).unwrap();
    let resources = request.resource_metrics.into_iter();
    let scopes = resources.flat_map(|resource| resource.scope_metrics);
    let metrics = scopes.flat_map(|scope| scope.metrics);
    metrics
        .flat_map(|metric| {
            let points = match metric.data {
                Some(Data::Sum(sum)) => {
                    assert!(sum.is_monotonic, "{} is a counter", metric.name);
                    sum.data_points
                }
                Some(Data::Gauge(gauge)) => gauge.data_points,
                other => panic!("{} is {other:?}", metric.name),
            };
            let (name, unit) = (metric.name, metric.unit);
            points
                .into_iter()
                .map(move |point| (name.clone(), unit.clone(), point))
        })
        .collect()
}

fn value(point: &NumberDataPoint) -> i64 {
    match point.value {
        Some(number_data_point::Value::AsInt(value)) => value,
        other => panic!("no whole number: {other:?}"),
    }
}

fn resource(resource: Option<&Resource>) -> BTreeMap<String, String> {
    texts(&resource.unwrap().attributes)
}

fn texts(attributes: &[KeyValue]) -> BTreeMap<String, String> {
    let text = |attribute: &KeyValue| match attribute.value.clone().and_then(|any| any.value) {
        Some(Value::StringValue(text)) => text,
        Some(Value::IntValue(number)) => number.to_string(),
        Some(Value::BoolValue(flag)) => flag.to_string(),
        other => panic!("{}: {other:?}", attribute.key),
    };
    attributes
        .iter()
        .map(|attribute| (attribute.key.clone(), text(attribute)))
        .collect()
}
