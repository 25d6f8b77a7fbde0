//! The log: to standard error, in words or as JSON, or to systemd's journal; never with a secret in it.

mod journal;
mod reader;
mod recent;
mod renderer_events;

use std::borrow::Cow;
use std::io::{self, Write};

use device_flow::text;
use tracing::{Level, Metadata, Subscriber};
use tracing_subscriber::filter::{FilterExt, LevelFilter, Targets, filter_fn};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, Registry, fmt};
use url::Url;

use reader::Reader;
use recent::Recent;
pub use recent::{KEPT, Line, account_in_use, account_left, recent};
use renderer_events::RendererEvents;

/// How a line of the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// One JSON object per line.
    Json,
}

/// Whether standard error leads to systemd's journal.
pub fn is_journal() -> bool {
    journal::is_standard_error()
}

/// What becomes of a line that the reader of the log does not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// It is waited for, as by every command.
    Awaited,
    /// The line is lost.
    NotAwaited,
}

/// What takes the spans of this program.
pub type SpanLayer = Box<dyn Layer<Registry> + Send + Sync>;

/// Starts the log of this process; a second call changes nothing.
///
/// Without a `format` it goes to systemd's journal as that takes it where standard error leads there, and is text elsewhere.
/// `level` is for this program's own lines. Libraries speak only of errors, and of warnings where somebody
/// looks for a fault (debug and finer): at each start some warn of what a box does not have, such as a settings
/// daemon. Never of more: at finer levels some log headers, and those hold tokens. For the same reason
/// `RUST_LOG` has no effect. `spans` takes what is no line: see [`SPANS`]. A program with a screen does not wait for what
/// `reads` the log.
pub fn start(format: Option<Format>, level: LevelFilter, reads: Reading, spans: Option<SpanLayer>) {
    // What happened is worth keeping even where standard error is not read.
    let kept = Recent.with_filter(filter(level.max(LevelFilter::INFO)));
    let renderer_events = RendererEvents.with_filter(renderer_events::filter());
    let registry = tracing_subscriber::registry()
        .with(spans)
        .with(kept)
        .with(renderer_events)
        .with(lines(format, level, reads));
    if registry.try_init().is_err() {
        tracing::debug!("the log is already there");
    }
}

/// What writes the lines.
fn lines<S>(
    format: Option<Format>,
    level: LevelFilter,
    reads: Reading,
) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    let filter = filter(level);
    let leads_to_journal = format.is_none() && is_journal();
    let of_a_session = leads_to_journal && journal::is_of_a_session();
    // A log that cannot be written, because its reader has gone, is no reason to fail or to speak.
    let lines = fmt::layer()
        .with_writer(StandardError {
            has_priorities: of_a_session,
            is_json: format == Some(Format::Json),
            reader: (reads == Reading::NotAwaited).then(Reader::default),
        })
        .with_ansi(false)
        .log_internal_errors(false);
    let journal = (leads_to_journal && !of_a_session)
        .then(|| journal::layer(reads))
        .flatten();
    match (format, journal) {
        // It speaks of events alone: a span that it was not told of would be a fault to it.
        (_, Some(journal)) => journal.with_filter(filter.and(filter_fn(is_event))).boxed(),
        (Some(Format::Json), None) => lines.json().flatten_event(true).with_filter(filter).boxed(),
        (Some(Format::Text) | None, None) => lines.with_filter(filter).boxed(),
    }
}

/// Spans have no line.
fn is_event(what: &tracing::Metadata<'_>) -> bool {
    what.is_event()
}

/// Standard error, to which the log comes line by line.
struct StandardError {
    /// Whether a line begins with how serious it is, for the journal.
    has_priorities: bool,
    is_json: bool,
    /// What reads it, where it is not waited for.
    reader: Option<Reader>,
}

impl StandardError {
    /// What is said of lines that were lost.
    fn told(&self, lost: u64) -> String {
        const WORDS: &str = "lines before this one were lost: nothing took them in time";
        let at = jiff::Timestamp::now();
        let priority = self.prefix(Level::WARN);
        match self.is_json {
            true => {
                let line = serde_json::json!({"timestamp": format!("{at:.6}"), "level": "WARN", "message": WORDS,
                    "lost": lost, "target": "vestibule::log"});
                format!("{line}\n")
            }
            false => format!("{priority}{at:.6}  WARN vestibule::log: {WORDS} lost={lost}\n"),
        }
    }

    fn prefix(&self, level: Level) -> &'static str {
        match self.has_priorities {
            true => journal::prefix(level),
            false => "",
        }
    }
}

impl<'a> MakeWriter<'a> for StandardError {
    type Writer = Lines<'a>;

    fn make_writer(&'a self) -> Lines<'a> {
        Lines {
            priority: "",
            standard_error: self,
        }
    }

    fn make_writer_for(&'a self, line: &Metadata<'_>) -> Lines<'a> {
        Lines {
            priority: self.prefix(*line.level()),
            standard_error: self,
        }
    }
}

/// Writes a line. It is what it says, whoever said it: it neither drives a terminal nor begins another line.
struct Lines<'a> {
    /// What it begins with.
    priority: &'static str,
    standard_error: &'a StandardError,
}

impl Write for Lines<'_> {
    #[allow(clippy::disallowed_methods)]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let line = self.priority.to_owned() + &shown(bytes);
        match &self.standard_error.reader {
            None => io::stderr().write_all(line.as_bytes())?,
            Some(reader) => {
                let told = |lost| self.standard_error.told(lost);
                reader.write(io::stderr(), &line, told)?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn shown(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let text = without_queries(&text);
    match text.strip_suffix('\n') {
        Some(line) => text::visible_line(line) + "\n",
        None => text::visible_line(&text),
    }
}

/// A line in which addresses end before their query or fragment, and name no user: what stands there may be about a
/// person, or be a secret of the API's.
fn without_queries(line: &str) -> Cow<'_, str> {
    if !line.contains(['?', '#', '@']) && !line.contains("%40") {
        return line.into();
    }
    let words = line.split_inclusive(ends_word);
    words.map(without_query).collect::<String>().into()
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '`' | ')' | '\\')
}

/// One word, which may be an address.
fn without_query(word: &str) -> String {
    let mut shown = word.to_owned();
    let address = word.find("://").map(|scheme| scheme + 3);
    if let Some(start) = address {
        let rest = &word[start..];
        let authority = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        if let Some(user) = rest[..authority].rfind('@') {
            shown.replace_range(start..=start + user, "");
        }
    }
    if let Some(at) = shown.find(['?', '#'])
        && (address.is_some() || shown[at..].contains('='))
    {
        let end = shown[at..].find(ends_word);
        let end = end.map_or(shown.len(), |end| at + end);
        shown.replace_range(at + 1..end, "…");
    }
    if shown.contains('/') {
        let path = shown.trim_end_matches(ends_word);
        shown = without_emails(path) + &shown[path.len()..];
    }
    shown
}

/// An address as it may stand in the log, and in what may come to be there: without user, query and fragment, and with no
/// e-mail address in its path. What writes the log masks the same, but a line lies in memory before.
pub fn address(url: &Url) -> String {
    let query = url.query().map_or("", |_| "?…");
    let path = without_emails(url.path());
    format!("{}{path}{query}", url.origin().ascii_serialization())
}

fn without_emails(path: &str) -> String {
    let is_email = |segment: &str| {
        let segment = segment.replace("%40", "@");
        let parts = segment.split_once('@');
        parts.is_some_and(|(name, domain)| !name.is_empty() && domain.contains('.'))
    };
    let segments = path.split('/');
    let shown = segments.map(|segment| if is_email(segment) { "…" } else { segment });
    shown.collect::<Vec<_>>().join("/")
}

/// Target of this program's spans.
pub const SPANS: &str = "vestibule::span";

fn filter(level: LevelFilter) -> Targets {
    let libraries = if level >= LevelFilter::DEBUG {
        LevelFilter::WARN
    } else {
        level.min(LevelFilter::ERROR)
    };
    Targets::new()
        .with_default(libraries)
        // It reports what it also returns, and what we then say in words of our own.
        .with_target("rustls_platform_verifier", LevelFilter::OFF)
        .with_target("vestibule", level)
        .with_target("device_flow", level)
        // For telemetry alone: a line of the log says by itself what it is about.
        .with_target(SPANS, LevelFilter::OFF)
        .with_target(device_flow::net::span::TARGET, LevelFilter::OFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_without_its_query() {
        for (said, told) in [
            ("all is well", "all is well"),
            ("why? (#5) mail a@b", "why? (#5) mail a@b"),
            (
                "GET https://api.example/list?user=ada&token=T#x failed",
                "GET https://api.example/list?… failed",
            ),
            ("next=/items?page=2", "next=/items?…"),
            (
                "at \"https://a.example/#access_token=T\", 5",
                "at \"https://a.example/#…\", 5",
            ),
            ("https://ada:pw@a.example/x@y?z", "https://a.example/x@y?…"),
            (
                "one http://a?b two http://c?d",
                "one http://a?… two http://c?…",
            ),
            ("ö?ü=ß?", "ö?…"),
            (
                "at \"https://a.example/of/ada@b.example\", /u/ada%40b.example/x",
                "at \"https://a.example/of/…\", /u/…/x",
            ),
        ] {
            assert_eq!(without_queries(said), told, "{said}");
            assert_eq!(shown(format!("{said}\n").as_bytes()), format!("{told}\n"));
        }
    }

    #[test]
    fn an_address_is_masked_before_it_is_put_into_words() {
        let url = Url::parse("https://ada:pw@a.example/of/ada@b.example/1?token=T#x").unwrap();
        assert_eq!(address(&url), "https://a.example/of/…/1?…");
    }

    #[test]
    fn a_line_is_one_line_of_text() {
        assert_eq!(shown("né\n".as_bytes()), "né\n");
        let told = shown("why=\x1b[2J\u{9b}m\nINFO forged\u{202e}\n".as_bytes());
        assert_eq!(told, "why=\\u001b[2J\\u009bm\\u000aINFO forged\\u202e\n");
    }

    #[test]
    fn libraries_say_errors_and_never_more_than_warnings() {
        let talkative = filter(LevelFilter::TRACE);
        assert!(talkative.would_enable("vestibule::session", &Level::TRACE));
        assert!(talkative.would_enable("device_flow::poll", &Level::TRACE));
        assert!(talkative.would_enable("hyper", &Level::WARN));
        assert!(!talkative.would_enable(SPANS, &Level::ERROR));
        assert!(!talkative.would_enable(device_flow::net::span::TARGET, &Level::ERROR));
        assert!(!talkative.would_enable("hyper", &Level::INFO));
        assert!(!talkative.would_enable("rustls_platform_verifier::x", &Level::ERROR));
        assert!(!talkative.would_enable("wgpu_core", &Level::DEBUG));
        let usual = filter(LevelFilter::INFO);
        assert!(usual.would_enable("winit", &Level::ERROR));
        assert!(!usual.would_enable("winit::platform_impl::linux::x11::xdisplay", &Level::WARN));
        assert!(!usual.would_enable("cosmic_text::font::system", &Level::WARN));
        let off = filter(LevelFilter::OFF);
        assert!(!off.would_enable("winit", &Level::ERROR));
        let quiet = filter(LevelFilter::ERROR);
        assert!(!quiet.would_enable("hyper", &Level::WARN));
        assert!(!quiet.would_enable("vestibule", &Level::WARN));
    }
}
