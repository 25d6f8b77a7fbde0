//! The kinds of exchange with a server, and how one ended.

use super::Error;

/// A kind of exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exchange {
    /// A code was asked for.
    Code,
    /// Tokens were asked for with a code.
    Poll,
    /// A session was refreshed.
    Refresh,
}

/// How it ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// With what was asked for.
    Done,
    /// Nobody has confirmed the code yet.
    Waiting,
    /// The server wants a slower pace.
    SlowDown,
    /// Badly.
    Failed(Error),
}

impl<T> From<&Result<T, Error>> for Outcome {
    fn from(result: &Result<T, Error>) -> Self {
        match result {
            Ok(_) => Self::Done,
            Err(error) => Self::Failed(error.clone()),
        }
    }
}
