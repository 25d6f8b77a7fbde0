//! How a grant ends without tokens, and what an error code means there.

use crate::Error;

/// How the grant ended without tokens.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct GrantError {
    /// In one word.
    pub reason: Reason,
    /// The exchange with the server that ended it, if one did.
    pub cause: Option<Error>,
    /// One line for a person who looks after the box; the server's error code stands in it.
    pub detail: String,
}

impl GrantError {
    /// A grant that `cause` ended.
    pub fn new(reason: Reason, cause: Error) -> Self {
        let detail = cause.to_string();
        Self {
            reason,
            cause: Some(cause),
            detail,
        }
    }

    /// The server's error code (RFC 6749 section 5.2, RFC 8628 section 3.5), if it sent one.
    pub fn code(&self) -> Option<&str> {
        self.cause.as_ref()?.code()
    }
}

/// Why there are no tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// `access_denied`: the person, or a rule of the server, said no.
    Denied,
    /// The code is over: `expired_token`, or its life has passed.
    Expired,
    /// The server does not accept this client, or what it says cannot be used: [`GrantError::cause`] tells which.
    Rejected,
    /// The server could not be reached in as many tries as [`RetryLimit`](crate::RetryLimit) allows.
    Network,
    /// The person gave up.
    Cancelled,
}

/// How an error that is none of the network's ends the grant.
pub(super) fn ending(error: &Error, answer_lost: bool, is_old: bool) -> GrantError {
    let Error::OAuth { code, .. } = error else {
        return refused(error);
    };
    match code.as_str() {
        "access_denied" | "authorization_declined" => GrantError {
            reason: Reason::Denied,
            ..refused(error)
        },
        "expired_token" | "token_expired" | "code_expired" => expired(Some(error)),
        // Servers say this of a code that is used up, expired or never was; only what went
        // before tells which. Auth0 says `expired_token` once and this ever after.
        "invalid_grant"
        | "bad_verification_code"
        | "incorrect_device_code"
        | "device_not_found" => {
            if answer_lost {
                GrantError {
                    detail: format!(
                        "an answer was lost on the way and the code is used up ({error}): a new code is needed"
                    ),
                    ..expired(Some(error))
                }
            } else if is_old {
                expired(Some(error))
            } else {
                refused(error)
            }
        }
        _ => refused(error),
    }
}

pub(super) fn refused(error: &Error) -> GrantError {
    GrantError::new(Reason::Rejected, error.clone())
}

pub(super) fn expired(said: Option<&Error>) -> GrantError {
    match said {
        Some(error) => GrantError::new(Reason::Expired, error.clone()),
        None => GrantError {
            reason: Reason::Expired,
            cause: None,
            detail: "the code was not confirmed in time".to_owned(),
        },
    }
}

/// The end of a code whose last answers were `unusable`, if they were.
pub(super) fn expired_with(unusable: Option<&Error>) -> GrantError {
    match unusable {
        Some(error) => GrantError {
            detail: format!(
                "the code ran out while no answer of the server could be used: {error}"
            ),
            ..expired(Some(error))
        },
        None => expired(None),
    }
}

pub(crate) fn cancelled() -> GrantError {
    GrantError {
        reason: Reason::Cancelled,
        cause: None,
        detail: "cancelled on this device".to_owned(),
    }
}
