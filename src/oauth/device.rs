//! The device grant (RFC 8628) as a pure state machine.

use std::time::Duration;

use secrecy::SecretString;

/// A device authorization response (RFC 8628 section 3.2).
#[derive(Debug, Clone)]
pub struct Authorization {
    /// Never displayed, never logged.
    pub device_code: SecretString,
    /// What a person sees.
    pub code: UserCode,
    /// Life of both codes, counted from the receipt of the response.
    pub expires_in: Duration,
    /// Minimum wait between polls.
    pub interval: Duration,
}

/// What a person needs on the phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserCode {
    /// The code exactly as sent.
    pub user_code: String,
    /// Where to type it.
    pub verification_uri: String,
    /// The same with the code inside.
    pub verification_uri_complete: Option<String>,
    /// The server's own sentence for a person (Microsoft Entra), if any.
    pub message: Option<String>,
}

/// How one poll was answered, by name as in `sign-in --json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PollResult {
    /// The person has not decided yet.
    AuthorizationPending,
    /// The server wants a slower pace.
    SlowDown,
    /// No usable answer.
    NetworkError,
}

/// How the grant ended without tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// In one word, as in `sign-in --json`.
    pub reason: Reason,
    /// The server's error code, if it sent one.
    pub error: Option<String>,
    /// One line for a person who looks after the box.
    pub detail: String,
}

/// Why there are no tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The person, or a rule of the server, said no.
    Denied,
    /// The code is over.
    Expired,
    /// The server does not accept this client.
    Rejected,
    /// The server could not be reached.
    Network,
    /// The person gave up.
    Cancelled,
}
