//! The last events, for the diagnostics screen, for `doctor` and for whoever asks the running kiosk.

use std::collections::VecDeque;
use std::time::SystemTime;

use serde_json::{Map, json};

use super::{Event, Value};

/// How many events are kept.
pub(super) const KEPT: usize = 60;

/// An event that was told, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// When, by the clock of this box.
    pub at: SystemTime,
    /// What was told.
    pub event: Event,
}

impl Told {
    /// As the log writes it in words: the name, then the fields.
    pub fn line(&self) -> String {
        let fields = self
            .event
            .fields()
            .into_iter()
            .map(|(name, value)| match value {
                Value::Text(text) => format!(" {name}={text:?}"),
                Value::Number(number) => format!(" {name}={number}"),
                Value::Truth(truth) => format!(" {name}={truth}"),
            });
        self.event.name().to_owned() + &fields.collect::<String>()
    }

    /// As an object: `at`, `level`, `event`, then the fields.
    pub fn json(&self) -> serde_json::Value {
        let at = jiff::Timestamp::try_from(self.at).map(|at| format!("{at:.3}"));
        let level = self.event.level().as_str().to_ascii_lowercase();
        let first = [
            ("at", json!(at.ok())),
            ("level", json!(level)),
            ("event", json!(self.event.name())),
        ];
        let fields = self
            .event
            .fields()
            .into_iter()
            .map(|(name, value)| match value {
                Value::Text(text) => (name, json!(text)),
                Value::Number(number) => (name, json!(number)),
                Value::Truth(truth) => (name, json!(truth)),
            });
        let members = first.into_iter().chain(fields);
        let object: Map<_, _> = members
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        object.into()
    }
}

/// The last events.
#[derive(Debug)]
pub(super) struct Record(VecDeque<Told>);

impl Record {
    pub(super) const fn new() -> Self {
        Self(VecDeque::new())
    }

    pub(super) fn keep(&mut self, event: Event, at: SystemTime) {
        if self.0.len() >= KEPT {
            let _ = self.0.pop_front();
        }
        // Nothing of a person stays when they have gone.
        if matches!(event, Event::SignedOut {} | Event::SessionEnded { .. }) {
            for told in &mut self.0 {
                if let Event::SignedIn { profile, .. } | Event::GuestStays { profile } =
                    &mut told.event
                {
                    profile.clear();
                }
            }
        }
        self.0.push_back(Told { at, event });
    }

    pub(super) fn told(&self) -> Vec<Told> {
        self.0.iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use super::*;

    #[test]
    fn the_last_events_are_kept_in_order() {
        let mut record = Record::new();
        for latency_ms in 0..KEPT as u64 + 5 {
            record.keep(Event::Refreshed { latency_ms }, UNIX_EPOCH);
        }
        let told = record.told();
        assert_eq!(told.len(), KEPT);
        assert_eq!(told[0].event, Event::Refreshed { latency_ms: 5 });
        assert_eq!(told[KEPT - 1].line(), "refreshed latency_ms=64");
    }

    #[test]
    fn whose_sign_in_it_was_goes_with_them() {
        for end in [
            Event::SignedOut {},
            Event::SessionEnded {
                why: "expired".to_owned(),
            },
        ] {
            let mut record = Record::new();
            let signed_in = Event::SignedIn {
                profile: "ada".to_owned(),
                issuer: "https://issuer.example".to_owned(),
                waited_s: 12,
                guest: false,
            };
            record.keep(signed_in, UNIX_EPOCH);
            assert!(record.told()[0].line().contains("ada"));
            record.keep(end, UNIX_EPOCH);
            let told = record.told();
            assert_eq!(told.len(), 2);
            assert!(!told.iter().any(|told| told.line().contains("ada")));
        }
    }

    #[test]
    fn an_event_is_the_same_in_words_and_as_an_object() {
        let told = Told {
            at: UNIX_EPOCH + Duration::from_millis(1_500),
            event: Event::ApiUnreachable {
                host: "api.example".to_owned(),
                why: "timed out".to_owned(),
            },
        };
        assert_eq!(
            told.line(),
            "api_unreachable host=\"api.example\" why=\"timed out\""
        );
        assert_eq!(
            told.json(),
            json!({
                "at": "1970-01-01T00:00:01.500Z", "level": "warn", "event": "api_unreachable",
                "host": "api.example", "why": "timed out",
            })
        );
    }
}
