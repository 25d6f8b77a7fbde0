//! The life of the program: named events with fields, each one line of the log, and the last of them kept.
//!
//! The name is the line's message and the fields are its fields, in words, as JSON and in the journal alike: both are a
//! contract. What is wrong is a warning at least, so that `journalctl -p warning` shows it. A field holds what the owner
//! configured, what the program counted, or a reason out of a closed list: no secret, and of a person nothing but the
//! name of the profile.
//!
//! Whoever meets something tells it each time; what the log shows of it is decided in [`rules`].

mod record;
mod rules;

use std::fmt::Display;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::SystemTime;

use device_flow::text;
use tracing::Level;
use url::Url;

use record::Record;
pub use record::Told;
use rules::Rules;

use super::boot_clock;

/// Whoever reads the log finds the life of the program by this target, also as `journalctl TARGET=vestibule`.
pub const TARGET: &str = "vestibule";

/// Declares every event once: its name in the log, how serious it is, and its fields.
macro_rules! events {
    ($($(#[$about:meta])* $variant:ident $name:literal $level:ident {
        $($(#[$field_about:meta])* $field:ident: $type:ty),*
    })+) => {
        /// Something in the life of the program that whoever looks after the box wants to know.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Event {
            $($(#[$about])* $variant { $($(#[$field_about])* $field: $type),* },)+
        }

        impl Event {
            /// Its name in the log, which does not change.
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$variant { .. } => $name,)+
                }
            }

            /// How serious it is.
            pub fn level(&self) -> Level {
                match self {
                    $(Self::$variant { .. } => Level::$level,)+
                }
            }

            /// Its fields by name, in the order of the log.
            pub fn fields(&self) -> Vec<(&'static str, Value<'_>)> {
                match self {
                    $(Self::$variant { $($field),* } => vec![$((stringify!($field), Value::from($field))),*],)+
                }
            }

            /// Every event, with its level and its fields.
            #[cfg(test)]
            const ALL: &[(&str, Level, &[&str])] = &[$(($name, Level::$level, &[$(stringify!($field)),*])),+];

            /// Writes its line.
            fn log(&self) {
                match self {
                    $(Self::$variant { $($field),* } => {
                        tracing::event!(target: TARGET, Level::$level, $($field = $field,)* $name);
                    })+
                }
            }
        }
    };
}

events! {
    /// The program is up and about to open its window.
    Started "started" INFO {
        version: String,
        /// What draws.
        renderer: String,
        /// The file of the configuration; empty where there is none.
        config: String,
        /// What the owner calls this box.
        device: String
    }
    /// A code is on the screen.
    CodeShown "code_shown" INFO {}
    /// The code on the screen is over, and nobody has used it.
    CodeExpired "code_expired" INFO {}
    /// A person has signed in.
    SignedIn "signed_in" INFO {
        /// Empty for a guest, who has none.
        profile: String,
        issuer: String,
        /// Seconds since the code was asked for.
        waited_s: u64,
        /// Whether nothing of them is kept.
        guest: bool
    }
    /// A guest stays signed in on this screen.
    GuestStays "guest_stays" INFO { profile: String }
    /// A person has said no on the phone.
    Declined "declined" INFO {}
    /// No code could be shown, or no session came of it, and trying again would not help.
    SignInFailed "sign_in_failed" WARN { why: String }
    /// The session has new tokens.
    Refreshed "refreshed" INFO { latency_ms: u64 }
    /// A session has ended that nobody here has ended.
    SessionEnded "session_ended" WARN { why: String }
    /// A person has signed out, or the rules of the owner have done it for them.
    SignedOut "signed_out" INFO {}
    /// The owner's API cannot be reached or does not serve.
    ApiUnreachable "api_unreachable" WARN { host: String, why: String }
    /// It answers again.
    ApiBack "api_back" INFO { host: String, after_s: u64 }
    /// The authorization server cannot be reached or does not serve.
    ServerUnreachable "server_unreachable" WARN { host: String, why: String }
    /// It answers again.
    ServerBack "server_back" INFO { host: String, after_s: u64 }
    /// The collector of telemetry cannot be reached or takes nothing.
    #[cfg_attr(not(feature = "telemetry"), allow(dead_code))]
    TelemetryRefused "telemetry_refused" WARN { host: String, why: String }
    /// It takes what is sent again.
    #[cfg_attr(not(feature = "telemetry"), allow(dead_code))]
    TelemetryBack "telemetry_back" INFO { host: String, after_s: u64 }
    /// A row cannot be shown though its API answers.
    RowFailed "row_failed" WARN { row: String, why: String }
    /// The clock of this box stands before the day the program was built, or behind the server's.
    ClockBehind "clock_behind" WARN {}
    /// The loop that draws has not come round for so long.
    ScreenFrozen "screen_frozen" ERROR { for_s: u64 }
    /// It has come round again.
    ScreenThawed "screen_thawed" INFO { after_s: u64 }
    /// What is drawn is not shown: the terminal belongs to another program, or nothing asks for pictures.
    ScreenHidden "screen_hidden" WARN { why: String }
    /// It is shown again.
    ScreenShown "screen_shown" INFO { after_s: u64 }
    /// The configuration was read again and is in use.
    ConfigReloaded "config_reloaded" INFO {
        /// Keys that take effect when the program starts anew; empty where there are none.
        after_restart: String
    }
    /// The configuration was read again, cannot be used, and changes nothing.
    ConfigRefused "config_refused" WARN { why: String }
    /// The program is about to end.
    Stopping "stopping" INFO { why: String }
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    Text(&'a str),
    Number(u64),
    Truth(bool),
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<&u64> for Value<'_> {
    fn from(number: &u64) -> Self {
        Self::Number(*number)
    }
}

impl From<&bool> for Value<'_> {
    fn from(truth: &bool) -> Self {
        Self::Truth(*truth)
    }
}

type Listener = Arc<dyn Fn(&Event) + Send + Sync>;

/// Whether this program has begun a life: it has a screen, and is no command that says by itself what came of it.
static BEGUN: AtomicBool = AtomicBool::new(false);
static RULES: Mutex<Rules> = Mutex::new(Rules::new());
static RECORD: Mutex<Record> = Mutex::new(Record::new());
static LISTENERS: RwLock<Vec<Listener>> = RwLock::new(Vec::new());

/// Tells `event`: everybody who listens hears it, and as often as the [`rules`] let it, it is a line of the log and stands
/// in the record. Before [`Event::Started`] nothing is told.
pub fn tell(event: Event) {
    if matches!(event, Event::Started { .. }) {
        BEGUN.store(true, Ordering::SeqCst);
    }
    if !BEGUN.load(Ordering::SeqCst) {
        return;
    }
    let listeners = LISTENERS
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    for listener in listeners {
        listener(&event);
    }
    if !locked(&RULES).admits(&event, boot_clock::now()) {
        return;
    }
    event.log();
    locked(&RECORD).keep(event, SystemTime::now());
}

/// The API at `host` has answered: where it was said to be unreachable, it is said to be back.
pub fn api_answered(host: &str) {
    let after = locked(&RULES).api_answered(host, boot_clock::now());
    if let Some(after) = after {
        let (host, after_s) = (host.to_owned(), after.as_secs());
        tell(Event::ApiBack { host, after_s });
    }
}

/// The authorization server at `host` has answered.
pub fn server_answered(host: &str) {
    let after = locked(&RULES).server_answered(host, boot_clock::now());
    if let Some(after) = after {
        let (host, after_s) = (host.to_owned(), after.as_secs());
        tell(Event::ServerBack { host, after_s });
    }
}

/// The collector of telemetry has taken what was sent.
#[cfg(feature = "telemetry")]
pub fn telemetry_taken(host: &str) {
    let after = locked(&RULES).telemetry_taken(host, boot_clock::now());
    if let Some(after) = after {
        let (host, after_s) = (host.to_owned(), after.as_secs());
        tell(Event::TelemetryBack { host, after_s });
    }
}

/// The row has cards: its next failure is news again.
pub fn row_loaded(row: &str) {
    locked(&RULES).row_loaded(row, boot_clock::now());
}

/// The loop that draws comes round.
pub fn screen_moves() {
    let after = locked(&RULES).screen_moves(boot_clock::now());
    if let Some(after) = after {
        let after_s = after.as_secs();
        tell(Event::ScreenThawed { after_s });
    }
}

/// What is drawn is shown.
pub fn screen_is_shown() {
    let after = locked(&RULES).screen_is_shown(boot_clock::now());
    if let Some(after) = after {
        let after_s = after.as_secs();
        tell(Event::ScreenShown { after_s });
    }
}

/// The clock of this box is right.
pub fn clock_is_right() {
    locked(&RULES).clock_is_right(boot_clock::now());
}

/// The host of an address as events name it, with the port where it is not the scheme's own.
pub fn host_of(address: &Url) -> String {
    let host = address.host_str().unwrap_or_default();
    address
        .port()
        .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// The words of others, for a field: on one line, not for long, and with no e-mail address. Servers name whom they refuse.
pub fn words(text: impl Display) -> String {
    const LONGEST: usize = 160;
    let text = text.to_string();
    let words = text::visible_line(&without_emails(text.trim()));
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => words[..end].to_owned() + "…",
        None => words,
    }
}

fn without_emails(text: &str) -> String {
    let words = text.split_inclusive(|c: char| !c.is_alphanumeric() && !"@.%+-_".contains(c));
    let shown = words.map(|word| {
        let end = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let decoded = end.replace("%40", "@");
        let parts = decoded.split_once('@');
        match parts.is_some_and(|(name, domain)| !name.is_empty() && domain.contains('.')) {
            true => "…".to_owned() + &word[end.len()..],
            false => word.to_owned(),
        }
    });
    shown.collect()
}

/// What is wrong at this moment, as the events that told of it; oldest first.
pub fn troubles() -> Vec<Event> {
    locked(&RULES).troubles()
}

/// How the last session ended, where nobody has signed in since. The [`record`] may have lost it.
pub fn session_end() -> Option<Event> {
    locked(&RULES).session_end()
}

/// No request goes to a server or an API of its own accord any more: nobody is signed in, or about to be. What was wrong
/// with them is over as far as anybody can tell, and is not said to be mended.
pub fn nobody_asks() {
    locked(&RULES).nobody_asks();
}

/// The last events that were told, oldest first.
pub fn record() -> Vec<Told> {
    locked(&RECORD).told()
}

/// From now on `listener` hears every event, also those that the log leaves out.
pub fn listen(listener: impl Fn(&Event) + Send + Sync + 'static) {
    let mut listeners = LISTENERS.write().unwrap_or_else(PoisonError::into_inner);
    listeners.push(Arc::new(listener));
}

fn locked<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_are_told_of_every_event_with_its_fields() {
        let page = include_str!("../../docs/operate/journal.md");
        for (name, level, fields) in Event::ALL {
            let priority = match *level {
                Level::ERROR => "error",
                Level::WARN => "warning",
                _ => "info",
            };
            let fields: Vec<_> = fields.iter().map(|field| format!("`{field}`")).collect();
            let fields = match fields.join(", ") {
                none if none.is_empty() => String::new(),
                some => format!("{some} "),
            };
            let row = format!("| `{name}` | {priority} | {fields}|");
            assert!(page.contains(&row), "{row}");
        }
    }

    #[test]
    fn the_words_of_others_are_one_short_line() {
        assert_eq!(words("  two\nlines\u{1b}[2J "), "two\\u000alines\\u001b[2J");
        for (said, told) in [
            (
                "invalid_grant: 'ada@b.example' is off",
                "invalid_grant: '…' is off",
            ),
            ("of ada.l+tv%40b.example.", "of …."),
            ("<ada@b.example>, (é@ö.example)", "<…>, (…)"),
            (
                "https://a.example/x@y at 5.0 @home a@b",
                "https://a.example/x@y at 5.0 @home a@b",
            ),
        ] {
            assert_eq!(words(said), told);
        }
        let long = words("ö".repeat(5000));
        assert_eq!(long.chars().count(), 161);
        assert!(long.ends_with('…'));
    }

    #[test]
    fn a_host_is_named_with_a_port_of_its_own() {
        for (address, host) in [
            ("https://api.example/v1?x=y", "api.example"),
            ("https://ada:pw@api.example:443/", "api.example"),
            ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
            ("https://[2001:db8::1]:8443/", "[2001:db8::1]:8443"),
        ] {
            assert_eq!(host_of(&Url::parse(address).unwrap()), host);
        }
    }
}
