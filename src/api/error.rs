//! Why the API gave no answer that can be shown.

use device_flow::{NetworkError, NetworkFailure};

use crate::session;

/// A failed call of the owner's API.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Error {
    /// There is no access token to call with.
    #[error(transparent)]
    Session(#[from] session::Error),
    /// The API could not be reached.
    #[error("{}", .0.detail)]
    Network(#[from] NetworkError),
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
    /// The API answered that it failed, with a status that does not say so: its words, where it has some.
    #[error("the API reports an error{}", .0.as_ref().map_or(String::new(), |words| format!(": {words}")))]
    Reported(Option<String>),
    /// A captive portal answered: HTML or a redirect, as a hotel network sends.
    #[error("this network wants a sign-in of its own, or another server answers: {0}")]
    Captive(String),
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

impl From<device_flow::Error> for Error {
    fn from(error: device_flow::Error) -> Self {
        Self::Network(match error {
            // How long that was is this program's own choice, and nothing that the library could tell.
            device_flow::Error::Network(mut error) if error.failure == NetworkFailure::Timeout => {
                error.detail = error.failure.to_string();
                error
            }
            device_flow::Error::Network(error) => error,
            other => NetworkError::new(NetworkFailure::Tls, other.to_string()).caused_by(other),
        })
    }
}

impl Error {
    /// The API could not be reached, as no library told.
    pub(crate) fn network(failure: NetworkFailure, detail: impl Into<String>) -> Self {
        NetworkError::new(failure, detail).into()
    }

    /// Whether the same call may succeed later without a change of the configuration.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Session(_) | Self::Network(_) | Self::Captive(_) => true,
            Self::Status { status, .. } => matches!(status, 408 | 429 | 500..),
            Self::TooLarge { .. }
            | Self::TooMuch(_)
            | Self::Shape(_)
            | Self::Reported(_)
            | Self::Refused(_) => false,
        }
    }

    /// Whether what was asked for may have been done all the same: the request left, and no answer of the API's
    /// own says that it was refused.
    pub fn leaves_open(&self) -> bool {
        match self {
            Self::Network(_) | Self::Captive(_) | Self::TooLarge { .. } => true,
            Self::Status { status, .. } => matches!(status, 408 | 500..),
            Self::Session(_)
            | Self::TooMuch(_)
            | Self::Shape(_)
            | Self::Reported(_)
            | Self::Refused(_) => false,
        }
    }

    /// What it says, with the API's own words where it sent some.
    pub fn told(&self) -> String {
        match self {
            Self::Status {
                message: Some(words),
                ..
            } => format!("{self}: {words}"),
            other => other.to_string(),
        }
    }

    /// Whether it is the way to the API that failed, so that the same call is worth another try as soon as any
    /// other call comes through.
    pub fn is_of_the_way(&self) -> bool {
        matches!(self, Self::Session(_) | Self::Network(_) | Self::Captive(_))
    }
}
