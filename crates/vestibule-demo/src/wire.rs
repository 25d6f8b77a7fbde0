//! The form requests and error replies of OAuth 2.0 (RFC 6749 section 5.2).

use std::collections::HashMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::shared::NotKept;

/// An error reply of an OAuth endpoint.
#[derive(Debug)]
pub(super) struct Refusal {
    /// The reply's status.
    pub(super) status: StatusCode,
    /// The error code.
    pub(super) code: &'static str,
    description: &'static str,
}

impl Refusal {
    /// A 400 with this error code.
    pub(super) fn new(code: &'static str, description: &'static str) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            code,
            description,
        }
    }

    /// The client is not the one it says it is (RFC 6749 section 5.2). HTTP wants a challenge with the 401.
    pub(super) fn client(description: &'static str) -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            code: "invalid_client",
            description,
        }
    }

    /// Something that must not happen did.
    pub(super) fn server_error() -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            code: "server_error",
            description: "The server could not do it.",
        }
    }
}

impl From<NotKept> for Refusal {
    fn from(NotKept: NotKept) -> Self {
        Self::server_error()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = json!({ "error": self.code, "error_description": self.description });
        let mut reply = (self.status, Json(body)).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static("Basic realm=\"vestibule-demo\"");
            let _ = reply
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, challenge);
        }
        reply
    }
}

/// The parameters of a form request: each at most once, empty ones as if absent (RFC 6749 section 3.2).
pub(super) struct Form {
    parameters: HashMap<String, SecretString>,
}

impl Form {
    /// Reads a form body.
    pub(super) fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let mut parameters = HashMap::new();
        for (name, value) in url::form_urlencoded::parse(body) {
            if value.is_empty() {
                continue;
            }
            let value = SecretString::from(value.into_owned());
            if parameters.insert(name.into_owned(), value).is_some() {
                return Err(Refusal::new(
                    "invalid_request",
                    "A parameter is there more than once.",
                ));
            }
        }
        Ok(Self { parameters })
    }

    /// A parameter; any may turn out to be a secret.
    pub(super) fn get(&self, name: &str) -> Option<&SecretString> {
        self.parameters.get(name)
    }

    /// A parameter that is no secret.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.get(name).map(ExposeSecret::expose_secret)
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let headers = request.headers();
        if headers.contains_key(header::AUTHORIZATION) {
            return Err(Refusal::client("Nothing is authorized here."));
        }
        let content_type = headers.get(header::CONTENT_TYPE);
        let is_form = content_type
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split(';').next())
            .is_some_and(|kind| {
                kind.trim()
                    .eq_ignore_ascii_case("application/x-www-form-urlencoded")
            });
        if !is_form {
            return Err(Refusal::new(
                "invalid_request",
                "The body must be application/x-www-form-urlencoded.",
            ));
        }
        let body = Bytes::from_request(request, state)
            .await
            .map_err(|rejection| Refusal {
                status: rejection.status(),
                code: "invalid_request",
                description: "The body cannot be read.",
            })?;
        Self::parse(&body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_is_absent_and_twice_is_refused() {
        let form = Form::parse(b"client_id=vestibule-demo&scope=&x=a%20b").unwrap();
        assert!(form.get("scope").is_none());
        assert_eq!(form.text("x"), Some("a b"));
        let twice = Form::parse(b"a=1&a=1").err().unwrap();
        assert_eq!(twice.code, "invalid_request");
    }
}
