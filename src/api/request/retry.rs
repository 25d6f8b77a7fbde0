//! Whether a request that failed is sent once more, and after which wait.

use std::time::Duration;

use device_flow::{Chance, NetworkFailure, back_off, jittered, later};

use super::http::Answer;
use crate::api::Error;

/// Tries of one request, the first included.
const TRIES: u32 = 3;
/// A server that asks for a longer wait is not asked again: the caller decides.
const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// How often what failed is asked for at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tries {
    /// A few times, quickly: most of what fails passes within a second.
    #[default]
    Several,
    /// Once: it failed before, and this only looks whether that has passed. Further tries would have a server that comes
    /// back asked by all that look within a second as if they had waited for that second.
    One,
}

impl Tries {
    fn most(self) -> u32 {
        match self {
            Self::Several => TRIES,
            Self::One => 1,
        }
    }
}

/// How a try failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It never left: there was no connection.
    Unsent,
    /// The connection broke, perhaps after the server had done what it was asked for.
    Broken,
    /// The server answered that it could not now.
    Status {
        /// HTTP status.
        status: u16,
        /// Seconds to wait, where it said so.
        retry_after: Option<u64>,
    },
    /// Anything else; a further try would end the same.
    Final,
}

impl Failure {
    /// What became of a try.
    pub(crate) fn of(outcome: &Result<Answer, Error>) -> Self {
        let error = match outcome {
            Ok(answer) => {
                return Self::Status {
                    status: answer.status,
                    retry_after: answer.retry_after(),
                };
            }
            Err(Error::Network(error)) if !error.is_undecodable() => error,
            Err(_) => return Self::Final,
        };
        match error.failure {
            NetworkFailure::Timeout => Self::Final,
            NetworkFailure::Interrupted | NetworkFailure::Unavailable => Self::Broken,
            NetworkFailure::Dns
            | NetworkFailure::Connect
            | NetworkFailure::Tls
            | NetworkFailure::ClockBehind => Self::Unsent,
        }
    }
}

/// The wait before the try after the one with this number, from 1; none where there is to be none.
///
/// Exponential with jitter in its upper half: `pause` is the first wait. A request
/// that is not idempotent (RFC 9110 section 9.2.2) is sent again only where the server cannot have done it.
pub(crate) fn wait(
    tried: u32,
    tries: Tries,
    failure: Failure,
    idempotent: bool,
    pause: Duration,
    chance: Chance,
) -> Option<Duration> {
    if tried >= tries.most() {
        return None;
    }
    let own = || jittered(back_off(pause, tried - 1, Duration::MAX), chance);
    match failure {
        Failure::Unsent => Some(own()),
        Failure::Broken => idempotent.then(own),
        Failure::Status {
            status,
            retry_after,
        } => {
            // 429 and, with Retry-After, 503 say that nothing was done.
            let not_done = status == 429 || (status == 503 && retry_after.is_some());
            let passing = matches!(status, 408 | 425 | 429 | 502 | 503 | 504);
            if !passing || !(idempotent || not_done) {
                return None;
            }
            let asked = Duration::from_secs(retry_after.unwrap_or(0));
            (asked <= LONGEST_WAIT).then(|| later(asked, Duration::ZERO, chance).max(own()))
        }
        Failure::Final => None,
    }
}

/// Whether sending it twice does no more than sending it once (RFC 9110 section 9.2.2).
pub(crate) fn is_idempotent(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "OPTIONS" | "PUT" | "DELETE")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAUSE: Duration = Duration::from_millis(400);

    fn status(status: u16, retry_after: Option<u64>) -> Failure {
        Failure::Status {
            status,
            retry_after,
        }
    }

    #[test]
    fn waits_grow_and_end() {
        let wait = |tried, chance| {
            super::wait(tried, Tries::Several, Failure::Broken, true, PAUSE, chance)
        };
        assert_eq!(wait(1, Chance::MOST), Some(PAUSE));
        assert_eq!(wait(1, Chance::LEAST), Some(PAUSE / 2));
        assert_eq!(wait(2, Chance::MOST), Some(PAUSE * 2));
        assert_eq!(wait(3, Chance::MOST), None);
        assert_eq!(wait(u32::MAX, Chance::MOST), None);
    }

    #[test]
    fn what_only_looks_whether_a_server_is_back_asks_once() {
        for failure in [Failure::Unsent, Failure::Broken, status(503, Some(1))] {
            let again = |tries| wait(1, tries, failure, true, PAUSE, Chance::MOST).is_some();
            assert_eq!((again(Tries::Several), again(Tries::One)), (true, false));
        }
    }

    #[test]
    fn only_what_may_be_sent_twice_is() {
        for (failure, get, post) in [
            (Failure::Unsent, true, true),
            (Failure::Broken, true, false),
            (Failure::Final, false, false),
            (status(503, None), true, false),
            (status(503, Some(1)), true, true),
            (status(429, None), true, true),
            (status(502, None), true, false),
            (status(500, None), false, false),
            (status(404, None), false, false),
            (status(401, None), false, false),
        ] {
            let again = |idempotent| {
                wait(1, Tries::Several, failure, idempotent, PAUSE, Chance::MOST).is_some()
            };
            assert_eq!((again(true), again(false)), (get, post), "{failure:?}");
        }
    }

    #[test]
    fn the_servers_wish_counts_within_reason() {
        let wait = |retry_after, chance| {
            let failure = status(429, Some(retry_after));
            wait(1, Tries::Several, failure, true, PAUSE, chance)
        };
        let (least, most) = (Chance::LEAST, Chance::MOST);
        assert_eq!(wait(0, most), Some(PAUSE));
        assert_eq!(wait(4, least), Some(Duration::from_secs(4)));
        assert_eq!(wait(4, most), Some(Duration::from_millis(4500)));
        assert_eq!(wait(6, least), None);
        assert_eq!(wait(u64::MAX, least), None);
    }

    #[test]
    fn methods_are_known_by_name() {
        assert!(["GET", "PUT", "DELETE"].into_iter().all(is_idempotent));
        assert!(!["POST", "PATCH", "get"].into_iter().any(is_idempotent));
    }
}
