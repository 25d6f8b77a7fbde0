//! The driver that gives the device grant a clock and a network.

use std::time::{Duration, Instant};

use super::TokenSet;
use super::device::{Failure, PollResult, UserCode};

/// What the driver tells while it runs.
#[derive(Debug, Clone)]
pub enum Event {
    /// A code is being asked for.
    Requesting,
    /// No answer to the request for a code; it is repeated.
    RequestFailed {
        /// What went wrong.
        error: super::Error,
        /// When the next try starts.
        next_in: Duration,
    },
    /// A code to show.
    Code {
        /// The code and where to type it.
        code: UserCode,
        /// Life of the code.
        expires_in: Duration,
        /// The server's minimum wait between polls.
        interval: Duration,
        /// When the code is over, on the monotonic clock.
        deadline: Instant,
    },
    /// A poll is on its way.
    Polling,
    /// A poll was answered without an end.
    Polled {
        /// How.
        result: PollResult,
        /// HTTP status, where there was one.
        status: Option<u16>,
        /// Words for the log, where it was a network error.
        detail: Option<String>,
        /// When the next poll starts.
        next_in: Duration,
    },
    /// The end.
    Ended(Result<TokenSet, Failure>),
}
