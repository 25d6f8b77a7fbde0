//! What can go wrong between us and the authorization server.

/// A failed exchange with the authorization server.
///
/// No variant ever holds a token, a device code or a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No usable answer came: the request may be repeated later.
    #[error("{failure}: {detail}")]
    Network {
        /// Which part of the way failed.
        failure: NetworkFailure,
        /// The cause in the words of the library, without the address's query.
        detail: String,
    },
    /// The server answered with an OAuth error (RFC 6749 section 5.2 and RFC 8628 section 3.5).
    #[error("{code}{}", description.as_ref().map(|d| format!(": {d}")).unwrap_or_default())]
    OAuth {
        /// HTTP status.
        status: u16,
        /// The `error` member as sent, at most 100 characters of printable ASCII.
        code: String,
        /// `error_description`, at most 500 characters, control characters removed.
        description: Option<String>,
    },
    /// The server answered with something that is not what the endpoint must answer with.
    #[error("unexpected answer (HTTP {status}): {detail}")]
    Unexpected {
        /// HTTP status.
        status: u16,
        /// What was wrong, never the body itself.
        detail: String,
    },
    /// The ID token is not one that may be believed.
    #[error("ID token refused: {0}")]
    IdToken(String),
    /// The configuration and the server do not fit.
    #[error("{0}")]
    Misconfigured(String),
}

/// Which part of the way to the server failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NetworkFailure {
    /// The name could not be resolved.
    #[error("name not found")]
    Dns,
    /// Nobody answers at the address.
    #[error("connection refused")]
    Connect,
    /// The secure channel could not be set up.
    #[error("secure connection failed")]
    Tls,
    /// The certificate is not valid yet: most likely this box's clock is behind.
    #[error("certificate not valid yet")]
    ClockBehind,
    /// No answer in time.
    #[error("no answer in time")]
    Timeout,
    /// The answer broke off.
    #[error("connection lost")]
    Interrupted,
    /// HTTP 408, 429 or 5xx.
    #[error("server unavailable")]
    Unavailable,
}
