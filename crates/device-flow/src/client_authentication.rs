//! How a client with a secret proves itself (RFC 6749 section 2.3.1), at a server of which nobody has said how it wants
//! that.
//!
//! Metadata lists methods that then are refused, or none at all, and some servers read `client_id` in the form alone. A
//! refusal of the client is no answer to the request itself: it is sent once more in another way, and what the server
//! took is remembered.

use std::sync::{Mutex, PoisonError};

use super::config::ClientAuthentication;
use super::provider::Authentication;
use super::wire::{self, Reply};
use super::{Client, Error};

/// A way to prove who the client is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// HTTP Basic, and nothing in the form.
    Basic,
    /// HTTP Basic with `client_id` in the form: identifying is no second method of authenticating.
    BasicWithId,
    /// `client_id` and `client_secret` in the form.
    Form,
}

/// What a server was seen to take.
#[derive(Debug, Default)]
pub(super) struct Seen(Mutex<Option<Method>>);

impl Seen {
    fn method(&self) -> Option<Method> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Method {
    /// What else a server that answers so may want.
    pub(super) fn instead(self, reply: &Reply) -> Option<Self> {
        if reply.is_success() {
            return None;
        }
        let error = wire::error(reply, &[]);
        let (code, said) = match &error {
            Error::OAuth {
                code, description, ..
            } => (code.as_str(), description.as_deref().unwrap_or_default()),
            Error::Unexpected { status: 401, .. } => ("invalid_client", ""),
            _ => return None,
        };
        let said = said.to_ascii_lowercase();
        let speaks_of = |words: &[&str]| words.iter().any(|words| said.contains(words));
        let wants_id = speaks_of(&["client_id", "client id", "client identifier"]);
        let is_refused = code == "invalid_client"
            || code == "invalid_request"
                && speaks_of(&[
                    "client_secret",
                    "client secret",
                    "client auth",
                    "credentials",
                ]);
        match self {
            Self::Basic if wants_id && code == "invalid_request" => Some(Self::BasicWithId),
            Self::Basic | Self::BasicWithId if is_refused => Some(Self::Form),
            Self::Form if is_refused => Some(Self::Basic),
            _ => None,
        }
    }
}

impl Client {
    /// How the next request is authenticated, where there is a secret.
    pub(super) async fn authentication(&self) -> Method {
        let by_row = match self.inner.config.client_authentication {
            ClientAuthentication::Post => return Method::Form,
            // Most servers pass over an identifier besides, and some want it.
            ClientAuthentication::Basic => return self.seen_method().unwrap_or(Method::Basic),
            ClientAuthentication::Auto | ClientAuthentication::None => {
                self.provider().authentication
            }
        };
        if let Some(seen) = self.seen_method() {
            return seen;
        }
        let in_form = match by_row {
            Authentication::None | Authentication::Form => true,
            Authentication::Basic => false,
            Authentication::Metadata => self
                .endpoints()
                .await
                .is_ok_and(|endpoints| endpoints.secret_in_form),
        };
        match in_form {
            true => Method::Form,
            false => Method::Basic,
        }
    }

    /// In which other way a request is worth sending that was sent with `method` and answered so.
    pub(super) fn other_authentication(&self, method: Method, reply: &Reply) -> Option<Method> {
        let other = method
            .instead(reply)
            .filter(|_| self.seen_method().is_none())?;
        match (self.inner.config.client_authentication, other) {
            (ClientAuthentication::Auto, _)
            | (ClientAuthentication::Basic, Method::BasicWithId) => Some(other),
            _ => None,
        }
    }

    /// Remembers what the server took.
    pub(super) fn learn_authentication(&self, method: Method) {
        tracing::info!(
            ?method,
            "the server takes the client secret in this way alone; provider.client_authentication says so at once"
        );
        let seen = &self.inner.authentication.0;
        *seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(method);
    }

    fn seen_method(&self) -> Option<Method> {
        self.inner.authentication.method()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_that_is_refused_proves_itself_in_the_other_way() {
        use Method::{Basic, BasicWithId, Form};
        let instead = |method: Method, status, body: &str| {
            method.instead(&Reply::new(status, Some("application/json"), None, body))
        };
        let refused = r#"{"error":"invalid_client"}"#;
        let no_id = r#"{"error":"invalid_request","error_description":"client_id is missing"}"#;
        let no_secret =
            r#"{"error":"invalid_request","error_description":"Missing parameter: client_secret"}"#;
        for (method, status, body, other) in [
            (Basic, 401, refused, Some(Form)),
            (BasicWithId, 400, refused, Some(Form)),
            (Form, 401, refused, Some(Basic)),
            (Basic, 401, "", Some(Form)),
            (Basic, 400, no_id, Some(BasicWithId)),
            (Basic, 400, no_secret, Some(Form)),
            (BasicWithId, 400, no_id, None),
            (Form, 400, no_id, None),
            (Basic, 200, refused, None),
            (Basic, 400, r#"{"error":"authorization_pending"}"#, None),
            (Basic, 401, r#"{"error":"invalid_grant"}"#, None),
            (
                Form,
                400,
                r#"{"error":"invalid_request","error_description":"no scope"}"#,
                None,
            ),
            (Form, 503, "", None),
        ] {
            assert_eq!(
                instead(method, status, body),
                other,
                "{method:?} {status} {body}"
            );
        }
    }
}
