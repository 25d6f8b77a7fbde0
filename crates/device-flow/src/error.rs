//! What can go wrong between us and the authorization server.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

#[cfg(feature = "driver")]
use secrecy::SecretString;

#[cfg(feature = "driver")]
use super::secret;

/// A failed exchange with the authorization server.
///
/// No variant ever holds a token, a device code or a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No usable answer came: the request may be repeated later.
    #[error(transparent)]
    Network(#[from] NetworkError),
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
        /// Whether it is what a browser is sent: a redirect, or an HTML page.
        is_page: bool,
    },
    /// The ID token is not one that may be believed.
    #[error("ID token refused: {0}")]
    IdToken(IdTokenError),
    /// The configuration and the server do not fit.
    #[error("{0}")]
    Misconfigured(String),
}

/// Why an ID token is not believed (OpenID Connect Core section 3.1.3.7).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdTokenError {
    /// For what stands in it, or for its signature.
    #[error("{0}")]
    Refused(String),
    /// Signature and claims are good, and only the times in it are against it.
    #[error("this box's clock and the server's disagree: {0}")]
    ClocksDisagree(String),
    /// It is good, and of another subject than the session that was refreshed (OpenID Connect Core section 12.2).
    #[error("it speaks of another person than before")]
    AnotherSubject,
}

impl From<&str> for IdTokenError {
    fn from(why: &str) -> Self {
        Self::Refused(why.to_owned())
    }
}

/// Which part of the way to the server failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NetworkFailure {
    /// The name could not be resolved.
    #[error("name not found")]
    Dns,
    /// There is no answer at the address.
    #[error("connection refused")]
    Connect,
    /// The secure channel could not be set up.
    #[error("secure connection failed")]
    Tls,
    /// The certificate is not valid yet: most likely this device's clock is behind.
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

impl NetworkFailure {
    /// In one word, for metrics and the like.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dns => "dns",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::ClockBehind => "clock_behind",
            Self::Timeout => "timeout",
            Self::Interrupted => "interrupted",
            Self::Unavailable => "unavailable",
        }
    }
}

/// A request without a usable answer. Two are equal that say the same.
#[derive(Debug, Clone)]
pub struct NetworkError {
    /// Which part of the way failed.
    pub failure: NetworkFailure,
    /// The deepest cause in the words of the library, without the address's query.
    pub detail: String,
    /// What the library said, whole.
    cause: Option<Arc<dyn StdError + Send + Sync>>,
}

impl NetworkError {
    /// A failure that no library told of.
    pub fn new(failure: NetworkFailure, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        Self {
            failure,
            detail,
            cause: None,
        }
    }

    /// The same failure, of which `cause` told.
    #[must_use]
    pub fn caused_by(self, cause: impl StdError + Send + Sync + 'static) -> Self {
        let cause: Arc<dyn StdError + Send + Sync> = Arc::new(cause);
        Self {
            cause: Some(cause),
            ..self
        }
    }
}

impl fmt::Display for NetworkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.failure, self.detail)
    }
}

impl StdError for NetworkError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}

impl PartialEq for NetworkError {
    fn eq(&self, other: &Self) -> bool {
        (self.failure, &self.detail) == (other.failure, &other.detail)
    }
}

impl Eq for NetworkError {}

impl Error {
    /// A [`NetworkError`] that no library told of.
    pub fn network(failure: NetworkFailure, detail: impl Into<String>) -> Self {
        NetworkError::new(failure, detail).into()
    }

    /// Whether this device's clock is the likely cause: a certificate that is not valid yet, an ID token
    /// whose signature is good and whose times are not, or a proof of a key (DPoP) that is refused.
    pub fn is_clock(&self) -> bool {
        match self {
            Self::Network(error) => error.failure == NetworkFailure::ClockBehind,
            Self::IdToken(error) => matches!(error, IdTokenError::ClocksDisagree(_)),
            Self::OAuth { code, .. } => code == "invalid_dpop_proof",
            Self::Unexpected { .. } | Self::Misconfigured(_) => false,
        }
    }

    /// The error code, where the server sent one (RFC 6749 section 5.2).
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::OAuth { code, .. } => Some(code),
            _ => None,
        }
    }

    /// Whether a machine between us and the server may have answered, as hotel networks do: with a redirect or a
    /// web page.
    pub fn is_captive(&self) -> bool {
        match self {
            Self::Unexpected { is_page, .. } => *is_page,
            Self::Network(_) | Self::OAuth { .. } | Self::IdToken(_) | Self::Misconfigured(_) => {
                false
            }
        }
    }

    /// Whether the server may have acted on a request that came to this: no answer, or one in which
    /// nothing could be read.
    pub fn leaves_doubt(&self) -> bool {
        match self {
            Self::Network(error) => error.failure.may_have_arrived(),
            Self::Unexpected { status, .. } => (200..300).contains(status),
            Self::OAuth { .. } | Self::IdToken(_) | Self::Misconfigured(_) => false,
        }
    }

    /// The same without any of `secrets`: a server may repeat in its words what it was sent.
    #[cfg(feature = "driver")]
    pub(super) fn without(self, secrets: &[&SecretString]) -> Self {
        let clean = |text| secret::hidden(text, secrets);
        match self {
            Self::Network(error) => {
                // A cause is not rewritten: one that a secret got into is left out.
                let cause = error.cause.filter(|cause| {
                    let said = format!("{cause:?}");
                    clean(said.clone()) == said
                });
                let detail = clean(error.detail);
                Self::Network(NetworkError {
                    detail,
                    cause,
                    ..error
                })
            }
            Self::OAuth {
                status,
                code,
                description,
            } => Self::OAuth {
                status,
                code: clean(code),
                description: description.map(clean),
            },
            Self::Unexpected {
                status,
                detail,
                is_page,
            } => Self::Unexpected {
                status,
                detail: clean(detail),
                is_page,
            },
            Self::IdToken(IdTokenError::Refused(detail)) => {
                Self::IdToken(IdTokenError::Refused(clean(detail)))
            }
            Self::IdToken(IdTokenError::ClocksDisagree(detail)) => {
                Self::IdToken(IdTokenError::ClocksDisagree(clean(detail)))
            }
            Self::IdToken(IdTokenError::AnotherSubject) => self,
            Self::Misconfigured(detail) => Self::Misconfigured(clean(detail)),
        }
    }
}

impl NetworkFailure {
    /// Whether the server may have acted on the request although no answer came back.
    pub(super) fn may_have_arrived(self) -> bool {
        match self {
            Self::Dns | Self::Connect | Self::Tls | Self::ClockBehind => false,
            Self::Timeout | Self::Interrupted | Self::Unavailable => true,
        }
    }
}

/// An error with what came along that says when to try again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// What went wrong.
    pub error: Error,
    /// HTTP status, where there was one.
    pub status: Option<u16>,
    /// How long the server wants to be left alone (`Retry-After`, RFC 9110 section 10.2.3), at most a day.
    pub retry_after: Option<Duration>,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self {
            error,
            status: None,
            retry_after: None,
        }
    }
}
