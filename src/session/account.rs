//! Who is signed in, without any token.

use std::time::SystemTime;

use serde_json::{Map, Value};

/// What may be shown about a signed-in account. Holds no token.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// Profile the account is kept under (`--profile`).
    pub profile: String,
    /// Issuer that vouches for the subject.
    pub issuer: String,
    /// Client the tokens were given to.
    pub client_id: String,
    /// Subject identifier, empty for plain OAuth 2.0.
    pub subject: String,
    /// Name for the greeting.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Address of a picture.
    pub picture: Option<url::Url>,
    /// Further claims of the ID token and userinfo.
    pub claims: Map<String, Value>,
    /// Scopes granted.
    pub scopes: Vec<String>,
    /// Since when this device is signed in.
    pub signed_in_at: SystemTime,
    /// When the tokens were last refreshed, if they were.
    pub refreshed_at: Option<SystemTime>,
    /// When the access token ends, where the server said so.
    pub access_expires_at: Option<SystemTime>,
    /// Whether there is a refresh token: without one the session ends with the access token.
    pub refreshable: bool,
    /// Why the session could not be written to disk, if so: it then ends with this process.
    pub not_remembered: Option<String>,
}

impl Account {
    /// The name to greet with: name, e-mail, or nothing.
    pub fn display_name(&self) -> Option<&str> {
        self.name
            .as_deref()
            .or(self.email.as_deref())
            .filter(|name| !name.trim().is_empty())
    }
}
