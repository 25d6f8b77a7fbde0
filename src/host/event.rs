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

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::SystemTime;

use tracing::Level;

use record::Record;
pub use record::{KEPT, Told};
use rules::Rules;

use super::boot_clock;

/// Whoever reads the log finds the life of the program by this target, also as `journalctl TARGET=vestibule`.
const TARGET: &str = "vestibule";

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
        profile: String,
        issuer: String,
        /// Seconds since the code was asked for.
        waited_s: u64
    }
    /// A person has said no on the phone.
    Declined "declined" INFO {}
    /// No code could be shown, or no session came of it: `why` is a stable word.
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
    TelemetryRefused "telemetry_refused" WARN { host: String, why: String }
    /// It takes what is sent again.
    TelemetryBack "telemetry_back" INFO { host: String, after_s: u64 }
    /// A row cannot be shown though its API answers.
    RowFailed "row_failed" WARN { row: String, why: String }
    /// The clock of this box stands before the day the program was built.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value<'a> {
    Text(&'a str),
    Number(u64),
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

type Listener = Arc<dyn Fn(&Event) + Send + Sync>;

static RULES: Mutex<Rules> = Mutex::new(Rules::new());
static RECORD: Mutex<Record> = Mutex::new(Record::new());
static LISTENERS: RwLock<Vec<Listener>> = RwLock::new(Vec::new());

/// Tells `event`: everybody who listens hears it, and as often as the [`rules`] let it, it is a line of the log and stands
/// in the record.
pub fn tell(event: Event) {
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

/// What is wrong at this moment, as the events that told of it; oldest first.
pub fn troubles() -> Vec<Event> {
    locked(&RULES).troubles()
}

/// The last [`KEPT`] events that were told, oldest first.
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
