//! What happens on the way of a device grant, before its end.

use std::time::{Duration, Instant};

use super::Error;
use super::grant::{PollResult, UserCode};

/// A step of a device grant. The end is none: it is the result of the grant.
#[derive(Debug, Clone)]
pub enum Progress {
    /// A code is being asked for.
    RequestingCode,
    /// No answer to the request for a code; it is repeated.
    RequestFailed {
        /// What went wrong.
        error: Error,
        /// The wait before the next try.
        next_in: Duration,
    },
    /// A code to show (RFC 8628 section 3.3).
    Code {
        /// The code and where to type it.
        code: UserCode,
        /// Life of the code (RFC 8628 section 3.2, `expires_in`).
        expires_in: Duration,
        /// The server's minimum wait between polls (RFC 8628 section 3.2, `interval`; 5 s where it names none).
        interval: Duration,
        /// When the code is over, on the monotonic clock.
        deadline: Instant,
    },
    /// A poll is on its way.
    Polling,
    /// A poll was answered, and another one follows.
    Polled {
        /// What the answer was.
        result: PollResult,
        /// HTTP status, where there was one.
        status: Option<u16>,
        /// Words for the log, where it was a network error.
        detail: Option<String>,
        /// The wait before the next poll.
        next_in: Duration,
    },
}
