//! Parameters of the owner's own that go along with requests to the authorization server.

use serde::{Deserialize, Serialize};

/// One parameter.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Parameter {
    /// Its value alone: it goes with the device authorization request.
    Plain(String),
    /// Its value, and the requests it goes with.
    Placed {
        /// The value.
        value: String,
        /// The requests.
        #[serde(rename = "in")]
        requests: Vec<Request>,
    },
}

/// A request to the authorization server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Request {
    /// For a code.
    Device,
    /// For the tokens of a code: each poll.
    Token,
    /// For new tokens.
    Refresh,
}

impl Request {
    /// The names of all.
    pub(super) const NAMES: &'static [&'static str] = &["device", "token", "refresh"];
}

impl Parameter {
    /// The value.
    pub fn value(&self) -> &str {
        match self {
            Self::Plain(value) | Self::Placed { value, .. } => value,
        }
    }

    /// Whether it goes with this request.
    pub fn goes_with(&self, request: Request) -> bool {
        match self {
            Self::Plain(_) => request == Request::Device,
            Self::Placed { requests, .. } => requests.contains(&request),
        }
    }

    /// Whether nobody has said which requests it goes with.
    pub fn is_plain(&self) -> bool {
        matches!(self, Self::Plain(_))
    }

    /// Puts another value in the place of this one.
    pub(super) fn replace(&mut self, other: &str) {
        match self {
            Self::Plain(value) | Self::Placed { value, .. } => other.clone_into(value),
        }
    }
}
