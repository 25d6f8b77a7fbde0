//! How often the same is said: a fault once until it is mended, and what comes again by itself no more than once a minute.

use std::collections::HashMap;
use std::time::Duration;

use super::Event;

/// The same is not said again before this is over.
const PAUSE: Duration = Duration::from_secs(60);
/// Faults that are remembered at a time. A configuration has fewer hosts and rows.
const MOST: usize = 256;

/// What was said and when, by the time since the box was started.
#[derive(Debug)]
pub(super) struct Rules {
    faults: Option<HashMap<Key, Fault>>,
    code: Option<Code>,
    refreshed: Option<Duration>,
    /// The end of the last session, until somebody signs in.
    session_end: Option<Event>,
}

/// What is at fault.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Api(String),
    Server(String),
    Telemetry(String),
    Row(String),
    Clock,
    Loop,
    Screen,
}

#[derive(Debug)]
struct Fault {
    /// What told of it last.
    event: Event,
    /// Since when it lasts; nothing once it is mended.
    since: Option<Duration>,
    /// When it was last said, of this or of an earlier time.
    said_at: Option<Duration>,
    /// Whether it was said of this time.
    said: bool,
}

/// The code on the screen.
#[derive(Debug, Clone, Copy)]
struct Code {
    /// When one was last said to be on.
    said_at: Duration,
    /// Whether that is the one that is on.
    said: bool,
}

impl Rules {
    pub(super) const fn new() -> Self {
        Self {
            faults: None,
            code: None,
            refreshed: None,
            session_end: None,
        }
    }

    /// Whether `event` is to be said at `now`.
    pub(super) fn admits(&mut self, event: &Event, now: Duration) -> bool {
        if let Some(key) = Key::of(event) {
            return self.fails(key, event, now);
        }
        match event {
            Event::CodeShown {} => {
                let said = self.code.is_none_or(|code| is_over(code.said_at, now));
                let said_at = match self.code {
                    Some(code) if !said => code.said_at,
                    _ => now,
                };
                self.code = Some(Code { said_at, said });
                said
            }
            // Of a code that nobody read of nobody needs the end.
            Event::CodeExpired {} => self.code.is_some_and(|code| code.said),
            Event::Refreshed { .. } => {
                let said = self.refreshed.is_none_or(|at| is_over(at, now));
                if said {
                    self.refreshed = Some(now);
                }
                said
            }
            // A person was here: the next code is not one more of those that nobody took.
            Event::SignedIn { .. } | Event::SignedOut {} => {
                self.code = None;
                self.session_end = None;
                true
            }
            Event::Declined {} => {
                self.code = None;
                true
            }
            Event::SessionEnded { .. } => {
                self.session_end = Some(event.clone());
                true
            }
            _ => true,
        }
    }

    /// How long the API was said to be unreachable, where it was.
    pub(super) fn api_answered(&mut self, host: &str, now: Duration) -> Option<Duration> {
        self.is_mended(&Key::Api(host.to_owned()), now)
    }

    /// How long the authorization server was said to be unreachable, where it was.
    pub(super) fn server_answered(&mut self, host: &str, now: Duration) -> Option<Duration> {
        self.is_mended(&Key::Server(host.to_owned()), now)
    }

    /// How long the collector of telemetry was said to take nothing, where it was.
    #[cfg(feature = "telemetry")]
    pub(super) fn telemetry_taken(&mut self, host: &str, now: Duration) -> Option<Duration> {
        self.is_mended(&Key::Telemetry(host.to_owned()), now)
    }

    pub(super) fn row_loaded(&mut self, row: &str, now: Duration) {
        let _ = self.is_mended(&Key::Row(row.to_owned()), now);
    }

    pub(super) fn clock_is_right(&mut self, now: Duration) {
        let _ = self.is_mended(&Key::Clock, now);
    }

    /// How long the screen was said to be frozen, where it was.
    pub(super) fn screen_moves(&mut self, now: Duration) -> Option<Duration> {
        self.is_mended(&Key::Loop, now)
    }

    /// How long the screen was said to be hidden, where it was.
    pub(super) fn screen_is_shown(&mut self, now: Duration) -> Option<Duration> {
        self.is_mended(&Key::Screen, now)
    }

    /// Nobody asks a server or an API any more: whether they answer is not known, and so no trouble.
    pub(super) fn nobody_asks(&mut self) {
        for (key, fault) in self.faults.iter_mut().flatten() {
            if matches!(key, Key::Api(_) | Key::Server(_) | Key::Row(_)) {
                fault.since = None;
            }
        }
    }

    /// How the last session ended, where nobody has signed in since.
    pub(super) fn session_end(&self) -> Option<Event> {
        self.session_end.clone()
    }

    /// What lasts, oldest first.
    pub(super) fn troubles(&self) -> Vec<Event> {
        let faults = self.faults.iter().flat_map(HashMap::values);
        let mut lasting: Vec<_> = faults
            .filter_map(|fault| Some((fault.since?, &fault.event)))
            .collect();
        lasting.sort_by_key(|(since, event)| (*since, event.name()));
        lasting
            .into_iter()
            .map(|(_, event)| event.clone())
            .collect()
    }

    /// Whether a fault is to be said now: once for each time that it lasts.
    fn fails(&mut self, key: Key, event: &Event, now: Duration) -> bool {
        let faults = self.faults.get_or_insert_default();
        if faults.len() >= MOST && !faults.contains_key(&key) {
            faults.retain(|_, fault| {
                fault.since.is_some() || fault.said_at.is_some_and(|at| !is_over(at, now))
            });
            if faults.len() >= MOST {
                return false;
            }
        }
        let fault = faults.entry(key).or_insert_with(|| Fault {
            event: event.clone(),
            since: None,
            said_at: None,
            said: false,
        });
        if fault.since.is_none() {
            fault.since = Some(now);
            fault.said = false;
        }
        fault.event = event.clone();
        // One that comes and goes is said once a minute, and then only while it lasts.
        if fault.said || fault.said_at.is_some_and(|at| !is_over(at, now)) {
            return false;
        }
        fault.said = true;
        fault.said_at = Some(now);
        true
    }

    /// The end of a fault; how long it lasted, where it was said.
    fn is_mended(&mut self, key: &Key, now: Duration) -> Option<Duration> {
        let fault = self.faults.as_mut()?.get_mut(key)?;
        let since = fault.since.take()?;
        fault.said.then(|| now.saturating_sub(since))
    }
}

impl Key {
    /// What `event` says is at fault.
    fn of(event: &Event) -> Option<Self> {
        match event {
            Event::ApiUnreachable { host, .. } => Some(Self::Api(host.clone())),
            Event::ServerUnreachable { host, .. } => Some(Self::Server(host.clone())),
            Event::TelemetryRefused { host, .. } => Some(Self::Telemetry(host.clone())),
            Event::RowFailed { row, .. } => Some(Self::Row(row.clone())),
            Event::ClockBehind {} => Some(Self::Clock),
            Event::ScreenFrozen { .. } => Some(Self::Loop),
            Event::ScreenHidden { .. } => Some(Self::Screen),
            _ => None,
        }
    }
}

fn is_over(said_at: Duration, now: Duration) -> bool {
    now.saturating_sub(said_at) >= PAUSE
}

#[cfg(test)]
mod tests;
