//! Lines for systemd's journal in its own protocol: with priorities and fields, where standard error leads there.

use std::fmt::{self, Write};
use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixDatagram;
use std::path::Path;

use device_flow::text;
use rustix::fs::fstat;
use tracing::field::{Field, Value, Visit};
use tracing::{Event, Level, Subscriber};
use tracing_journald::{Priority, PriorityMappings};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

use super::reader::Reader;
use super::{Reading, without_queries};

/// Before the names of fields, so that they are nobody else's: `VESTIBULE_HOST` is one of ours, `_HOSTNAME` the journal's.
const PREFIX: &str = "VESTIBULE";
/// Fields of one line that are fields of the journal's, too. Ours have fewer; all of them stand in its message.
const MOST_FIELDS: usize = 16;
/// Where the journal listens (systemd-journald.service(8)).
const SOCKET: &str = "/run/systemd/journal/socket";

/// Whether standard error leads to the journal (systemd.exec(5), `JOURNAL_STREAM`).
#[allow(clippy::disallowed_methods)]
pub(super) fn is_standard_error() -> bool {
    let stream = std::env::var("JOURNAL_STREAM").unwrap_or_default();
    fstat(std::io::stderr().as_fd()).is_ok_and(|file| names(&stream, file.st_dev, file.st_ino))
}

/// Whether `stream` names the file with these numbers.
fn names(stream: &str, device: u64, inode: u64) -> bool {
    let numbers = stream.split_once(':');
    let numbers = numbers.map(|(device, inode)| (device.parse(), inode.parse()));
    numbers == Some((Ok(device), Ok(inode)))
}

/// Whether the journal files what this process sends by itself under a session, and what comes by standard error under the
/// service: a unit with `PAMName=` starts a session of logind's, which takes the process along (pam_systemd(8)).
/// `journalctl -u` would then show none of the former.
pub(super) fn is_of_a_session() -> bool {
    std::fs::read_to_string("/proc/self/cgroup").is_ok_and(|groups| is_session(&groups))
}

/// Whether the control groups in proc_pid_cgroup(5) are those of a session.
fn is_session(groups: &str) -> bool {
    groups.lines().any(|group| {
        let name = group.rsplit('/').next().unwrap_or_default();
        name.starts_with("session-") && name.ends_with(".scope")
    })
}

/// Before a line on standard error, how serious it is (sd-daemon(3)).
pub(super) fn prefix(level: Level) -> &'static str {
    match level {
        Level::ERROR => "<3>",
        Level::WARN => "<4>",
        Level::INFO => "<6>",
        _ => "<7>",
    }
}

/// The journal, where it listens.
pub(super) fn layer(reads: Reading) -> Option<Masked<tracing_journald::Layer>> {
    let queue = match reads {
        Reading::NotAwaited => Some(Queue::of(SOCKET).ok()?),
        Reading::Awaited => None,
    };
    // It begins by sending something.
    if let Some(queue) = &queue {
        let _ = queue.reader.takes(&queue.socket)?;
    }
    let layer = tracing_journald::layer().ok()?;
    let priorities = PriorityMappings {
        error: Priority::Error,
        warn: Priority::Warning,
        info: Priority::Informational,
        debug: Priority::Debug,
        trace: Priority::Debug,
    };
    let layer = layer
        .with_field_prefix(Some(PREFIX.to_owned()))
        .with_syslog_identifier("vestibule".to_owned())
        .with_priority_mappings(priorities);
    Some(Masked { layer, queue })
}

/// The journal's queue. The kernel keeps a handful of lines for it, and who sends one more waits.
struct Queue {
    /// Sends nothing: a socket that is connected tells whether the other one's queue is full (poll(2)).
    socket: UnixDatagram,
    reader: Reader,
}

impl Queue {
    fn of(place: impl AsRef<Path>) -> io::Result<Self> {
        let socket = UnixDatagram::unbound()?;
        socket.connect(place)?;
        let reader = Reader::default();
        Ok(Self { socket, reader })
    }
}

/// Passes events on as they may stand in a log: addresses without their query, nothing that drives a terminal or begins
/// another line. The message says all of it, for whoever reads messages alone, as `journalctl` shows them.
pub(super) struct Masked<L> {
    layer: L,
    /// What is not waited for.
    queue: Option<Queue>,
}

impl<S: Subscriber, L: Layer<S>> Layer<S> for Masked<L> {
    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let queue = self.queue.as_ref();
        let Some(lost) = queue.map_or(Some(0), |queue| queue.reader.takes(&queue.socket)) else {
            return;
        };
        let mut fields = Fields::default();
        event.record(&mut fields);
        fields.say_all(lost);
        let mut values: Vec<_> = fields
            .named
            .iter()
            .map(|(field, value)| (field, value.as_str()))
            .collect();
        values.truncate(MOST_FIELDS);
        let Some((first, _)) = values.first().copied() else {
            return;
        };
        let slots: [(&Field, Option<&dyn Value>); MOST_FIELDS] = std::array::from_fn(|at| {
            let value = values.get(at);
            value.map_or((first, None), |(field, value)| {
                (*field, Some(value as &dyn Value))
            })
        });
        let metadata = event.metadata();
        self.layer.on_event(
            &Event::new(metadata, &metadata.fields().value_set(&slots)),
            context,
        );
    }
}

/// What an event says, masked.
#[derive(Default)]
struct Fields {
    named: Vec<(Field, String)>,
}

impl Fields {
    fn add(&mut self, field: &Field, value: &str) {
        let value = text::visible_line(&without_queries(value));
        self.named.push((field.clone(), value));
    }

    /// Has the message say the fields, too, and how many lines before it were lost, and puts it first.
    fn say_all(&mut self, lost: u64) {
        let Some(at) = self
            .named
            .iter()
            .position(|(field, _)| field.name() == "message")
        else {
            return;
        };
        let (field, mut message) = self.named.remove(at);
        for (field, value) in &self.named {
            // Writing to a string does not fail.
            let _ = match value.contains([' ', '"', '=']) || value.is_empty() {
                true => write!(message, " {}={value:?}", field.name()),
                false => write!(message, " {}={value}", field.name()),
            };
        }
        if lost > 0 {
            let _ = write!(message, " ({lost} lines before this one were lost)");
        }
        self.named.insert(0, (field, message));
    }
}

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.add(field, value);
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.add(field, &format!("{value:?}"));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use tracing_subscriber::layer::SubscriberExt;

    use super::*;

    /// Hears what would be sent.
    struct Probe(Arc<Mutex<Vec<String>>>);

    impl<S: Subscriber> Layer<S> for Probe {
        fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
            let mut fields = Fields::default();
            event.record(&mut fields);
            let said = fields.named.iter();
            let said = said.map(|(field, value)| format!("{}|{value}", field.name()));
            self.0.lock().unwrap().extend(said);
        }
    }

    #[test]
    fn what_the_journal_gets_is_masked_like_every_line() {
        let heard: Arc<Mutex<Vec<String>>> = Arc::default();
        let probe = Masked {
            layer: Probe(Arc::clone(&heard)),
            queue: None,
        };
        let subscriber = tracing_subscriber::registry().with(probe);
        tracing::subscriber::with_default(subscriber, || {
            tracing::warn!(
                host = "api.example",
                why = "GET https://ada:pw@a.example/x?token=T#y failed",
                latency_ms = 12_u64,
                "an\nevent"
            );
            tracing::info!(path = %"/u/ada%40b.example/x\u{1b}[2J", "plain");
            tracing::info!(empty = "", "bare");
        });
        assert_eq!(
            *heard.lock().unwrap(),
            [
                "message|an\\u000aevent host=api.example why=\"GET https://a.example/x?… failed\" latency_ms=12",
                "host|api.example",
                "why|GET https://a.example/x?… failed",
                "latency_ms|12",
                "message|plain path=/u/…/x\\u001b[2J",
                "path|/u/…/x\\u001b[2J",
                "message|bare empty=\"\"",
                "empty|",
            ]
        );
    }

    #[test]
    fn a_journal_that_hangs_is_not_waited_for_and_hears_how_much_it_missed() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("socket");
        let journal = UnixDatagram::bind(&place).unwrap();
        let filler = UnixDatagram::unbound().unwrap();
        filler.set_nonblocking(true).unwrap();
        let heard: Arc<Mutex<Vec<String>>> = Arc::default();
        let probe = Masked {
            layer: Probe(Arc::clone(&heard)),
            queue: Some(Queue::of(&place).unwrap()),
        };
        let subscriber = tracing_subscriber::registry().with(probe);
        tracing::subscriber::with_default(subscriber, || {
            tracing::info!("one");
            while filler.send_to(b"line", &place).is_ok() {}
            for _ in 0..3 {
                tracing::info!("lost");
            }
            let _ = journal.recv(&mut [0; 16]).unwrap();
            tracing::info!("two");
            tracing::info!("three");
        });
        assert_eq!(
            *heard.lock().unwrap(),
            [
                "message|one",
                "message|two (3 lines before this one were lost)",
                "message|three"
            ]
        );
    }

    #[test]
    fn the_journal_is_known_by_device_and_inode() {
        for (stream, expected) in [
            ("8:1234", true),
            ("8:1235", false),
            ("9:1234", false),
            ("", false),
            ("8", false),
            (":", false),
            ("8:1234:5", false),
        ] {
            assert_eq!(names(stream, 8, 1234), expected, "{stream}");
        }
    }

    #[test]
    fn a_session_of_logind_is_known_by_its_control_group() {
        for (groups, expected) in [
            ("0::/system.slice/vestibule-kiosk.service\n", false),
            ("0::/user.slice/user-996.slice/session-1.scope\n", true),
            (
                "12:pids:/user.slice\n1:name=systemd:/user.slice/user-0.slice/session-c2.scope\n",
                true,
            ),
            (
                "0::/user.slice/user-1000.slice/user@1000.service/app.slice/vestibule.service\n",
                false,
            ),
            (
                "0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-sway-7.scope\n",
                false,
            ),
            ("0::/\n", false),
            ("", false),
        ] {
            assert_eq!(is_session(groups), expected, "{groups}");
        }
    }
}
