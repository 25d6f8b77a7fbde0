//! Why the API gave no answer that can be shown.

use std::sync::Arc;

use crate::session;

/// Why the API could not be reached. Compares by what it says.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{detail}")]
pub struct Unreachable {
    detail: String,
    source: Option<Arc<reqwest::Error>>,
}

impl Unreachable {
    /// What the HTTP client says, told as `detail`.
    pub(crate) fn of(error: reqwest::Error, detail: String) -> Self {
        let source = Some(Arc::new(error));
        Self { detail, source }
    }
}

impl From<String> for Unreachable {
    fn from(detail: String) -> Self {
        let source = None;
        Self { detail, source }
    }
}

impl PartialEq for Unreachable {
    fn eq(&self, other: &Self) -> bool {
        self.detail == other.detail
    }
}

/// A failed call of the owner's API.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// There is no access token to call with.
    #[error(transparent)]
    Session(#[from] session::Error),
    /// The API could not be reached.
    #[error(transparent)]
    Network(#[from] Unreachable),
    /// The API answered with an error status.
    #[error("HTTP {status}")]
    Status {
        /// The status.
        status: u16,
        /// Seconds to wait, where the API said so.
        retry_after: Option<u64>,
        /// What the API said about it, ready to be shown, where it said something.
        message: Option<String>,
    },
    /// A captive portal answered: HTML or a redirect, as a hotel network sends.
    #[error("this network wants a sign-in of its own")]
    Captive,
    /// The answer is larger than we take.
    #[error("the answer is larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// The answer holds more than fits into memory, or a list with more items than are shown.
    #[error("{0}")]
    TooMuch(String),
    /// The answer does not hold what the configuration points at.
    #[error("{0}")]
    Shape(String),
    /// The call was not sent: its method or address is not one that may be called.
    #[error("{0}")]
    Refused(String),
}

impl Error {
    /// Whether the same call may succeed later without a change of the configuration.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Session(_) | Self::Network(_) | Self::Captive => true,
            Self::Status { status, .. } => matches!(status, 408 | 429 | 500..),
            Self::TooLarge { .. } | Self::TooMuch(_) | Self::Shape(_) | Self::Refused(_) => false,
        }
    }

    /// Whether what was asked for may have been done all the same: the request left, and no answer of the API's
    /// own says that it was refused.
    pub fn leaves_open(&self) -> bool {
        match self {
            Self::Network(_) | Self::Captive | Self::TooLarge { .. } => true,
            Self::Status { status, .. } => matches!(status, 408 | 500..),
            Self::Session(_) | Self::TooMuch(_) | Self::Shape(_) | Self::Refused(_) => false,
        }
    }

    /// Whether it is the way to the API that failed, so that the same call is worth another try as soon as any
    /// other call comes through.
    pub fn is_of_the_way(&self) -> bool {
        matches!(self, Self::Session(_) | Self::Network(_) | Self::Captive)
    }
}
