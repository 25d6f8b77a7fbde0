//! Why there is no access token.

use std::fmt::Display;
use std::path::Path;

/// Why a session could not give an access token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The server ended the session (`invalid_grant`), or its access token ran out and there is no
    /// refresh token: sign in again.
    #[error("the session has ended: {0}")]
    Ended(String),
    /// The session lives, but could not be refreshed now; try again later.
    #[error(transparent)]
    Refresh(device_flow::Error),
    /// The API refuses a token that no refresh can better: it was refreshed seconds ago, or the server
    /// gave no refresh token. The audience or the scopes are most likely not those the API wants.
    #[error("the API refuses the access token, and a refresh cannot help: {0}")]
    Refused(String),
    /// The account file or its lock could not be used.
    #[error("{path}: {cause}")]
    Storage {
        /// The file.
        path: String,
        /// What the system said.
        cause: String,
    },
}

impl Error {
    /// A file that could not be used, and why.
    pub(super) fn storage(path: &Path, cause: impl Display) -> Self {
        Self::Storage {
            path: path.display().to_string(),
            cause: cause.to_string(),
        }
    }
}
