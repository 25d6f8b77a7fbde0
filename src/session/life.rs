//! What of sign-ins and refreshes is told of as the life of the program.

use std::fmt::Display;
use std::time::{Duration, Instant};

use super::Session;
use crate::host::event::{self, Event};
use device_flow::{Error, GrantError, PollResult, Progress, Reason};

/// A sign-in, as the log tells of it.
#[derive(Debug, Clone)]
pub(super) struct SignInLife {
    issuer: String,
    begun: Instant,
}

impl SignInLife {
    pub(super) fn begins(issuer: &str) -> Self {
        Self {
            issuer: issuer.to_owned(),
            begun: Instant::now(),
        }
    }

    /// A step of the grant.
    pub(super) fn goes_on(&self, progress: &Progress) {
        match progress {
            Progress::RequestFailed { error, .. } => unreachable(&self.issuer, error),
            Progress::Code { .. } => {
                event::server_answered(&server(&self.issuer));
                event::tell(Event::CodeShown {});
            }
            Progress::Polled {
                result: PollResult::NetworkError,
                detail,
                ..
            } => unreachable(&self.issuer, detail.as_deref().unwrap_or("no answer")),
            Progress::Polled { .. } => event::server_answered(&server(&self.issuer)),
            Progress::RequestingCode | Progress::Polling => {}
        }
    }

    /// Its end.
    pub(super) fn ended(&self, result: &Result<Session, GrantError>) {
        let failure = match result {
            Ok(session) => {
                event::server_answered(&server(&self.issuer));
                let guest = session.is_guest();
                event::tell(Event::SignedIn {
                    profile: match guest {
                        true => String::new(),
                        false => session.account().profile,
                    },
                    issuer: self.issuer.clone(),
                    waited_s: self.begun.elapsed().as_secs(),
                    guest,
                });
                return;
            }
            Err(failure) => failure,
        };
        match failure.reason {
            Reason::Denied => event::tell(Event::Declined {}),
            Reason::Expired => event::tell(Event::CodeExpired {}),
            Reason::Rejected | Reason::Network => event::tell(Event::SignInFailed {
                why: event::words(&failure.detail),
            }),
            Reason::Cancelled => {}
        }
    }
}

/// A refresh that took so long came to this.
pub(super) fn refreshed(issuer: &str, took: Duration, result: Result<(), &Error>) {
    match result {
        Err(error @ Error::Network(_)) => unreachable(issuer, error),
        Err(_) => event::server_answered(&server(issuer)),
        Ok(()) => {
            event::server_answered(&server(issuer));
            let latency_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
            event::tell(Event::Refreshed { latency_ms });
        }
    }
}

/// No answer came of the authorization server that `issuer` names.
pub(super) fn unreachable(issuer: &str, why: impl Display) {
    event::tell(Event::ServerUnreachable {
        host: server(issuer),
        why: event::words(why),
    });
}

/// The authorization server, as events name it.
fn server(issuer: &str) -> String {
    let address = url::Url::parse(issuer);
    address.map_or_else(|_| issuer.to_owned(), |address| event::host_of(&address))
}
