//! The form requests and error replies of OAuth 2.0 (RFC 6749 section 5.2).

use std::collections::HashMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::CLIENT_ID;
use super::shared::NotKept;

/// An error reply of an OAuth endpoint.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    code: &'static str,
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

    /// The server is full; try again later.
    pub(super) fn busy() -> Self {
        Self {
            status: StatusCode::SERVICE_UNAVAILABLE,
            code: "temporarily_unavailable",
            description: "Too many sign-ins are waiting.",
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
        let (name, value) = match self.status {
            StatusCode::UNAUTHORIZED => {
                (header::WWW_AUTHENTICATE, "Basic realm=\"vestibule-demo\"")
            }
            StatusCode::SERVICE_UNAVAILABLE => (header::RETRY_AFTER, "30"),
            _ => return reply,
        };
        let _ = reply
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
        reply
    }
}

/// The parameters of a form request: each at most once, empty ones as if absent (RFC 6749 section 3.2).
pub(super) struct Form {
    parameters: HashMap<String, SecretString>,
}

impl Form {
    /// Reads a form body.
    fn parse(body: &[u8]) -> Result<Self, Refusal> {
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

    /// Checks that the client is ours.
    ///
    /// # Errors
    /// `invalid_request` without a client, `invalid_client` for another one.
    pub(super) fn check_client(&self) -> Result<(), Refusal> {
        match self.text("client_id") {
            Some(CLIENT_ID) => Ok(()),
            Some(_) => Err(Refusal::new("invalid_client", "This client is not known.")),
            None => Err(Refusal::new("invalid_request", "client_id is missing.")),
        }
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let headers = request.headers();
        if headers.contains_key(header::AUTHORIZATION) {
            // The client is public: it has nothing to authenticate with. RFC 6749 section 5.2 wants a 401.
            return Err(Refusal {
                status: StatusCode::UNAUTHORIZED,
                code: "invalid_client",
                description: "This client has no secret; send client_id in the form.",
            });
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
        assert!(form.check_client().is_ok());
        let twice = Form::parse(b"a=1&a=1").err().unwrap();
        assert_eq!(twice.code, "invalid_request");
        assert_eq!(
            Form::parse(b"").unwrap().check_client().unwrap_err().code,
            "invalid_request"
        );
        let other = Form::parse(b"client_id=x").unwrap();
        assert_eq!(other.check_client().unwrap_err().code, "invalid_client");
    }
}
