//! The kinds of exchange with a server, and how one ended.

use super::Error;

/// A kind of exchange with the authorization server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exchange {
    /// A code was asked for (RFC 8628 section 3.1).
    Code,
    /// Tokens were asked for with a code (RFC 8628 section 3.4).
    Poll,
    /// A session was refreshed (RFC 6749 section 6).
    Refresh,
}

/// How an exchange ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// With what was asked for.
    Done,
    /// The code is not confirmed yet: `authorization_pending` (RFC 8628 section 3.5).
    Waiting,
    /// The server wants a slower pace: `slow_down` (RFC 8628 section 3.5).
    SlowDown,
    /// With this error, which holds no token and no code.
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
