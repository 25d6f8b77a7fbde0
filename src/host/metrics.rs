//! What this program counts of its own life, for telemetry and for `--metrics-textfile`. Never what a person does, and
//! never with a name, an address or an identifier: an attribute is one of a few words.

mod prometheus;
mod steady;
mod textfile;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use super::event::{self, Event};
use super::memory;
pub use textfile::Textfile;

/// Values of one attribute that are kept apart: a server that answers with ever another status is not to fill the memory.
const MOST_VALUES: usize = 64;
/// What stands for all further ones.
const OTHER: &str = "other";

/// How sign-ins ended.
pub static SIGN_INS: Counter = Counter::new(
    "vestibule.sign_ins",
    "{sign_in}",
    "Sign-ins that came to an end",
    Some("result"),
    &[
        "signed_in",
        "denied",
        "expired",
        "rejected",
        "network",
        "cancelled",
    ],
);
/// What became of codes.
pub static CODES: Counter = Counter::new(
    "vestibule.codes",
    "{code}",
    "Codes on the screen",
    Some("result"),
    &["shown", "expired"],
);
/// What polls for a person's confirmation came to.
pub static POLLS: Counter = Counter::new(
    "vestibule.polls",
    "{poll}",
    "Polls of the token endpoint while a code is shown",
    Some("result"),
    &[
        "authorization_pending",
        "slow_down",
        "network_error",
        "granted",
        "denied",
    ],
);
/// What refreshes of a session came to.
pub static REFRESHES: Counter = Counter::new(
    "vestibule.refreshes",
    "{refresh}",
    "Refreshes for which a refresh token was presented",
    Some("result"),
    &["refreshed", "unsaved", "ended", "network", "rejected"],
);
/// What the owner's APIs answered, pictures apart.
pub static API_REQUESTS: Counter = Counter::new(
    "vestibule.api.requests",
    "{request}",
    "Requests to the owner's APIs, pictures apart",
    Some("status"),
    &["200"],
);
/// Pictures of an animation that came too late.
pub static FRAMES_LATE: Counter = Counter::new(
    "vestibule.frames.late",
    "{frame}",
    "Frames of an animation that were drawn more than 50 ms after they were due",
    None,
    &[""],
);

/// Every counter, in the order in which they are told.
pub static COUNTERS: [&Counter; 6] = [
    &CODES,
    &SIGN_INS,
    &POLLS,
    &REFRESHES,
    &API_REQUESTS,
    &FRAMES_LATE,
];

/// When the person whose session is in use signed in.
static SIGNED_IN_AT: Mutex<Option<SystemTime>> = Mutex::new(None);

/// A number that only grows, one for each value of an attribute.
#[derive(Debug)]
pub struct Counter {
    /// As OpenTelemetry has it.
    pub name: &'static str,
    /// What is counted (UCUM, in braces).
    #[cfg_attr(not(feature = "telemetry"), allow(dead_code))]
    pub unit: &'static str,
    /// What it tells, in a few words.
    pub help: &'static str,
    /// What the numbers are told apart by.
    pub attribute: Option<&'static str>,
    /// Values that are told from the start, as 0: what is first seen as 1 has not grown for whoever watches it.
    known: &'static [&'static str],
    counts: Mutex<BTreeMap<Cow<'static, str>, u64>>,
}

impl Counter {
    const fn new(
        name: &'static str,
        unit: &'static str,
        help: &'static str,
        attribute: Option<&'static str>,
        known: &'static [&'static str],
    ) -> Self {
        Self {
            name,
            unit,
            help,
            attribute,
            known,
            counts: Mutex::new(BTreeMap::new()),
        }
    }

    fn counts(&self) -> MutexGuard<'_, BTreeMap<Cow<'static, str>, u64>> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts one more with this value of the attribute; the empty one where there is no attribute.
    pub fn add(&self, value: impl Into<Cow<'static, str>>) {
        let value = value.into();
        let mut counts = self.counts();
        let value = match counts.len() < MOST_VALUES || counts.contains_key(&value) {
            true => value,
            false => OTHER.into(),
        };
        let count = counts.entry(value).or_default();
        *count = count.saturating_add(1);
    }

    /// Every value with its number.
    pub fn read(&self) -> BTreeMap<Cow<'static, str>, u64> {
        let known = self.known.iter().map(|value| (Cow::Borrowed(*value), 0));
        let mut all: BTreeMap<_, _> = known.collect();
        all.extend(self.counts().clone());
        all
    }
}

/// From now on the events of the program are counted, too. Once in a process.
pub fn listen() {
    event::listen(|event| match event {
        Event::CodeShown {} => CODES.add("shown"),
        Event::CodeExpired {} => CODES.add("expired"),
        _ => {}
    });
}

/// What is wrong at this moment, by the name of its event: how often.
pub fn troubles() -> BTreeMap<&'static str, u64> {
    let mut troubles = BTreeMap::new();
    for event in event::troubles() {
        *troubles.entry(event.name()).or_default() += 1;
    }
    troubles
}

/// The session in use is of somebody who signed in then, or there is none.
pub fn session_since(signed_in_at: Option<SystemTime>) {
    *SIGNED_IN_AT.lock().unwrap_or_else(PoisonError::into_inner) = signed_in_at;
}

/// When whoever uses the session in use signed in.
pub fn signed_in_at() -> Option<SystemTime> {
    *SIGNED_IN_AT.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(any(feature = "telemetry", test))]
/// Seconds since then, by a clock that may have been wrong at either moment.
pub fn session_age() -> Option<u64> {
    let age = SystemTime::now().duration_since(signed_in_at()?);
    Some(age.unwrap_or_default().as_secs())
}

/// Bytes of memory that this program takes.
pub fn memory() -> Option<u64> {
    memory::of_this_process().map(|memory| memory.resident)
}

#[cfg(test)]
mod tests {
    use super::*;

    static MADE_UP: Counter = Counter::new("a.b", "{b}", "Made up", Some("kind"), &["x", "y"]);

    #[test]
    fn a_flood_of_values_takes_no_more_memory_than_a_few() {
        MADE_UP.add("x");
        for status in 0..10_000_u32 {
            MADE_UP.add(status.to_string());
        }
        let all = MADE_UP.read();
        assert!(all.len() <= MOST_VALUES + 2, "{}", all.len());
        assert_eq!((all["x"], all["y"]), (1, 0));
        assert_eq!(all.values().sum::<u64>(), 10_001);
        assert_eq!(all[OTHER], 10_001 - (MOST_VALUES as u64));
    }

    #[test]
    fn a_session_of_the_future_has_no_age() {
        let tomorrow = SystemTime::now() + std::time::Duration::from_secs(86_400);
        session_since(Some(tomorrow));
        assert_eq!(session_age(), Some(0));
        session_since(None);
        assert_eq!(session_age(), None);
    }
}
