//! Telemetry against a collector that takes it, and against those that do not.

use std::time::{Duration, Instant};

use testing::otlp_collector::{Answer, OtlpCollector};
use testing::process::{PATIENCE, wait_for};
use testing::stub_server::{self, Certificate, Site};

use super::exports::MOST_SPANS;
use super::*;
use crate::host::metrics;

/// A configuration with this endpoint and further keys.
fn config(endpoint: &str, more: &str) -> config::Telemetry {
    let text = format!(
        "[provider]\npreset = 'auth0'\ndomain = 'a.example'\nclient_id = 'c'\n\
         [telemetry]\notlp_endpoint = '{endpoint}'\n{more}"
    );
    let config = config::parse(&text, std::path::Path::new("/x/vestibule.toml")).unwrap();
    config.telemetry.unwrap()
}

/// What is sent and where to, as a program has them.
struct Fixture {
    collector: Arc<Collector>,
    exports: Exports,
}

impl Fixture {
    fn new(config: &config::Telemetry) -> Self {
        let collector = Arc::new(Collector::new(config, "vestibule/x".to_owned()).unwrap());
        let exports = Exports::new(config, Some("lobby-3".to_owned()), &collector).unwrap();
        Self { collector, exports }
    }

    /// Sends once, and tells how that went.
    fn send(&self) -> Option<String> {
        flush(self.exports.flush()).unwrap();
        self.collector.take_refusal().map(|refusal| refusal.why)
    }

    /// What the thread does, on this one.
    fn run(&self, interval: Duration, stopped: &mpsc::Receiver<()>) {
        let hurry = Notify::new();
        send(&self.exports, &self.collector, interval, stopped, &hurry);
    }

    fn span(&self, name: &'static str) {
        use opentelemetry::trace::{Span, Tracer};
        self.exports.tracer().unwrap().start(name).end();
    }
}

#[test]
fn counters_resource_and_headers_reach_the_collector() {
    let taking = OtlpCollector::start();
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("key");
    std::fs::write(&key, "Bearer s3cret\n").unwrap();
    let more = format!(
        "headers = {{ Authorization = {{ file = '{}' }} }}\n\
         attributes = {{ 'deployment.environment.name' = 'lobby', 'service.name' = 'kiosk' }}",
        key.display()
    );
    let config = config(taking.base(), &more);
    let shown = format!("{config:?}");
    assert!(!shown.contains("s3cret"), "{shown}");
    let fixture = Fixture::new(&config);
    metrics::SIGN_INS.add("signed_in");
    fixture.span("sign_in");
    assert_eq!(fixture.send(), None);
    assert!(taking.number("vestibule.sign_ins", &[("result", "signed_in")]) >= Some(1));
    assert!(taking.number("vestibule.sign_ins", &[("result", "denied")]) >= Some(0));
    assert!(taking.number("vestibule.memory.usage", &[]) > Some(1_000_000));
    assert_eq!(taking.spans().len(), 1);
    let resource = taking.resource();
    for (name, value) in [
        ("service.name", "kiosk"),
        ("service.version", env!("CARGO_PKG_VERSION")),
        ("service.instance.id", "lobby-3"),
        ("deployment.environment.name", "lobby"),
    ] {
        assert_eq!(
            resource.get(name).map(String::as_str),
            Some(value),
            "{name}"
        );
    }
    for path in ["/v1/metrics", "/v1/traces"] {
        let message = &taking.received(path)[0];
        assert_eq!(message.field("authorization"), Some("Bearer s3cret"));
        assert_eq!(
            message.field("content-type"),
            Some("application/x-protobuf")
        );
        let agent = message.field("user-agent").unwrap();
        assert!(agent.starts_with("vestibule/"), "{agent}");
    }
}

#[test]
fn whatever_a_collector_does_is_known_by_its_reason() {
    let collector = OtlpCollector::start();
    let fixture = Fixture::new(&config(collector.base(), ""));
    for (answer, why) in [
        (Answer::Takes, None),
        (Answer::Refuses(503), Some("metrics: HTTP 503")),
        (Answer::Refuses(404), Some("metrics: HTTP 404")),
        (Answer::Page, Some("metrics: a web page answered")),
        // Nothing of an answer is used.
        (Answer::Garbage, None),
        (Answer::Flood, None),
        (Answer::Takes, None),
    ] {
        collector.answer(answer);
        let begun = Instant::now();
        assert_eq!(fixture.send().as_deref(), why, "{answer:?}");
        assert!(begun.elapsed() < Duration::from_secs(5), "{answer:?}");
    }
    let nobody = format!("http://{}", stub_server::nobody());
    let why = Fixture::new(&config(&nobody, "")).send().unwrap();
    assert!(why.contains("refused"), "{why}");
}

#[test]
fn a_collector_of_metrics_alone_is_not_sent_traces() {
    let collector = OtlpCollector::start();
    let fixture = Fixture::new(&config(collector.base(), "traces = false"));
    assert!(fixture.exports.tracer().is_none());
    assert_eq!(fixture.send(), None);
    assert_eq!(collector.received("/v1/metrics").len(), 1);
    assert!(collector.received("/v1/traces").is_empty());
}

#[test]
fn a_certificate_of_the_owners_is_trusted_and_no_other() {
    let certificate = Certificate::valid(2020, 2120);
    let answer = serde_json::json!({});
    let site = Site::default().json("/otlp/v1/metrics", 200, &answer).json(
        "/otlp/v1/traces",
        200,
        &answer,
    );
    let asked = site.asked();
    let base = format!("{}/otlp", stub_server::serve_tls(&certificate, site));
    let folder = tempfile::tempdir().unwrap();
    let authority = folder.path().join("ca.pem");
    std::fs::write(&authority, &certificate.pem).unwrap();
    let why = Fixture::new(&config(&base, "")).send();
    assert!(why.is_some(), "trusted by nobody");
    assert!(asked.all().is_empty(), "{:?}", asked.all());
    let trusted = format!("ca_file = '{}'", authority.display());
    assert_eq!(Fixture::new(&config(&base, &trusted)).send(), None);
    assert_eq!(asked.all(), ["/otlp/v1/metrics"]);
}

#[test]
fn spans_that_are_not_taken_take_no_more_than_so_much_memory() {
    let collector = OtlpCollector::start();
    collector.answer(Answer::Refuses(503));
    let fixture = Fixture::new(&config(collector.base(), ""));
    let begun = Instant::now();
    for _ in 0..20_000 {
        fixture.span("refresh");
    }
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "{:?}",
        begun.elapsed()
    );
    let _ = fixture.send();
    collector.answer(Answer::Takes);
    // What was refused is gone, what was too much was never kept.
    let messages = collector.received("/v1/traces");
    let largest = messages.iter().map(|message| message.body.len()).max();
    assert!(largest < Some(MOST_SPANS * 300), "{largest:?}");
    fixture.span("sign_in");
    assert_eq!(fixture.send(), None);
}

#[test]
fn a_pause_that_is_asked_for_is_kept_within_an_hour() {
    let collector = OtlpCollector::start();
    let fixture = Fixture::new(&config(collector.base(), ""));
    let interval = Duration::from_secs(60);
    let heard = Arc::new(std::sync::Mutex::new(Vec::new()));
    let hears = Arc::clone(&heard);
    let of = fixture.collector.host().to_owned();
    event::listen(move |event| match event {
        Event::TelemetryRefused { host, why } if *host == of => {
            hears.lock().unwrap().push(why.clone());
        }
        Event::TelemetryBack { host, .. } if *host == of => {
            hears.lock().unwrap().push("back".to_owned());
        }
        _ => {}
    });
    // Before a program has begun nobody is told anything.
    event::tell(Event::Started {
        version: String::new(),
        renderer: String::new(),
        config: String::new(),
        device: String::new(),
    });
    for (answer, pause) in [
        (Answer::Takes, interval),
        // It asks for two hours.
        (Answer::Refuses(429), LONGEST_PAUSE),
        (Answer::Page, interval),
        (Answer::Takes, interval),
        (Answer::Takes, interval),
    ] {
        collector.answer(answer);
        flush(fixture.exports.flush()).unwrap();
        assert_eq!(told(&fixture.collector, interval), pause, "{answer:?}");
    }
    let expected = ["metrics: HTTP 429", "metrics: a web page answered", "back"];
    assert_eq!(*heard.lock().unwrap(), expected);
}

#[test]
fn the_end_waits_for_two_seconds_whatever_the_collector_does() {
    let collector = OtlpCollector::start();
    collector.answer(Answer::Silence);
    let interval = Duration::from_secs(3600);
    let fixture = Fixture::new(&config(collector.base(), ""));
    let (stop, stopped) = mpsc::channel();
    stop.send(()).unwrap();
    let begun = Instant::now();
    fixture.run(interval, &stopped);
    let took = begun.elapsed();
    assert!(took >= LAST, "{took:?}");
    assert!(took < LAST + Duration::from_secs(2), "{took:?}");
    assert_eq!(collector.received("/v1/metrics").len(), 1, "a last time");
}

#[test]
fn whoever_sends_when_the_end_comes_hurries() {
    let collector = OtlpCollector::start();
    collector.answer(Answer::Silence);
    let config = config(collector.base(), "interval_seconds = 10");
    let fixture = Fixture::new(&config);
    let (stop, stopped) = mpsc::channel();
    let hurry = Notify::new();
    let (sends, hurries) = (&fixture, &hurry);
    let begun = std::thread::scope(|scope| {
        let _ = scope.spawn(move || {
            let interval = Duration::from_millis(10);
            send(
                &sends.exports,
                &sends.collector,
                interval,
                &stopped,
                hurries,
            );
        });
        wait_for("a message", PATIENCE, || {
            (!collector.received("/v1/metrics").is_empty()).then_some(())
        });
        stop.send(()).unwrap();
        hurry.notify_one();
        Instant::now()
    });
    let took = begun.elapsed();
    assert!(took < LAST + Duration::from_secs(2), "{took:?}");
}

/// How often this thread has gone to sleep.
fn sleeps() -> u64 {
    let status = std::fs::read_to_string("/proc/thread-self/status").unwrap();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
    line.unwrap().trim().parse().unwrap()
}

#[test]
fn sending_wakes_one_thread_a_few_times() {
    let collector = OtlpCollector::start();
    let fixture = Fixture::new(&config(collector.base(), ""));
    // The first makes the client.
    assert_eq!(fixture.send(), None);
    let before = sleeps();
    for _ in 0..20 {
        assert_eq!(fixture.send(), None);
    }
    let each = (sleeps() - before) / 20;
    // The connection, the head of the answer, its end; and one that came in two parts.
    assert!(each <= 5, "{each}");
    let threads = std::fs::read_dir("/proc/self/task").unwrap();
    for thread in threads.flatten() {
        let name = std::fs::read_to_string(thread.path().join("comm")).unwrap_or_default();
        assert!(!name.starts_with("OpenTelemetry"), "{name}");
    }
}

#[test]
fn doctor_sends_a_message_with_nothing_in_it() {
    let collector = OtlpCollector::start();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    for (answer, more, why) in [
        (Answer::Takes, "", None),
        (Answer::Refuses(404), "", Some("metrics: HTTP 404")),
        (Answer::Takes, "traces = false", None),
    ] {
        collector.answer(answer);
        let config = config(collector.base(), more);
        let found = runtime.block_on(refusal(&config, &config::Device::default()));
        assert_eq!(found.as_deref(), why, "{answer:?}");
    }
    assert_eq!(collector.received("/v1/metrics").len(), 3);
    assert_eq!(collector.received("/v1/traces").len(), 1);
    assert!(collector.received("/v1/metrics")[0].body.is_empty());
}
