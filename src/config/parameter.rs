//! Parameters of the owner's own that go along with requests to the authorization server.

use serde::{Deserialize, Serialize};

use super::table::words;

/// One entry of `extra_params`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Parameter {
    /// Its value alone: it goes with the device authorization request.
    Plain(String),
    /// Its value, and the requests it goes with.
    Placed {
        /// What is sent.
        value: String,
        /// The requests it goes with; `in` in the file.
        #[serde(rename = "in")]
        requests: Vec<Request>,
    },
}

words! {
    /// A request to the authorization server.
    Request {
        /// For a code: the device authorization request (RFC 8628 section 3.1). What a plain parameter goes with.
        #[default]
        Device = "device",
        /// For the tokens of a code (RFC 8628 section 3.4): each poll.
        Token = "token",
        /// For new tokens (RFC 6749 section 6).
        Refresh = "refresh",
    }
}

impl Parameter {
    /// What is sent.
    pub fn value(&self) -> &str {
        match self {
            Self::Plain(value) | Self::Placed { value, .. } => value,
        }
    }

    /// The requests it goes with, where the owner names them.
    pub fn requests(&self) -> Option<&[Request]> {
        match self {
            Self::Plain(_) => None,
            Self::Placed { requests, .. } => Some(requests),
        }
    }

    /// Puts another value in the place of this one.
    pub(super) fn replace(&mut self, other: &str) {
        match self {
            Self::Plain(value) | Self::Placed { value, .. } => other.clone_into(value),
        }
    }
}
