//! What the last exchange of each kind with the server came to, for whoever diagnoses this device.
//!
//! Holds no token and no code: an [`Error`](super::Error) has been cleaned of both before it comes here.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use super::exchange::{Exchange, Outcome};

/// An exchange that came to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEntry {
    /// When, on the monotonic clock.
    pub at: Instant,
    /// How it ended.
    pub outcome: Outcome,
}

/// The last exchange of each kind.
#[derive(Debug, Default)]
pub(super) struct ExchangeLog(Mutex<[Option<LogEntry>; 3]>);

impl ExchangeLog {
    pub(super) fn note(&self, exchange: Exchange, outcome: Outcome) {
        let entry = LogEntry {
            at: Instant::now(),
            outcome,
        };
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(last) = entries.get_mut(exchange as usize) {
            *last = Some(entry);
        }
    }

    pub(super) fn last(&self, exchange: Exchange) -> Option<LogEntry> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.get(exchange as usize).cloned().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    #[test]
    fn each_kind_keeps_its_last() {
        let log = ExchangeLog::default();
        assert_eq!(log.last(Exchange::Poll), None);
        log.note(Exchange::Poll, Outcome::Waiting);
        log.note(Exchange::Poll, Outcome::SlowDown);
        let refused: Result<(), _> = Err(Error::Misconfigured("x".to_owned()));
        log.note(Exchange::Refresh, Outcome::from(&refused));
        let outcome = |exchange| log.last(exchange).map(|entry| entry.outcome);
        assert_eq!(outcome(Exchange::Poll), Some(Outcome::SlowDown));
        assert_eq!(outcome(Exchange::Code), None);
        assert!(matches!(
            outcome(Exchange::Refresh),
            Some(Outcome::Failed(_))
        ));
    }
}
