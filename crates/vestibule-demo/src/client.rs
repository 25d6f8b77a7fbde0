//! The clients that are registered, and which of them a request comes from (RFC 6749 section 2.3).

use axum::extract::{FromRequest, Request};
use axum::http::{HeaderValue, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::keys::Algorithm;
use super::wire::{Form, Refusal};

/// A registered client: a public one, as every device on a shelf is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Client {
    /// Its identifier.
    pub(super) id: &'static str,
    /// Its `id_token_signed_response_alg` (OpenID Connect Dynamic Client Registration 1.0 section 2).
    pub(super) id_token_signed_response_alg: Algorithm,
}

/// The client of the configuration that the demo writes.
pub(super) static MAIN: Client = Client {
    id: "vestibule-demo",
    // What a client gets that registers nothing else.
    id_token_signed_response_alg: Algorithm::Rs256,
};

/// The same for whoever would rather verify on an elliptic curve.
static ELLIPTIC: Client = Client {
    id: "vestibule-demo-es256",
    id_token_signed_response_alg: Algorithm::Es256,
};

/// The client of that name.
pub(super) fn find(id: &str) -> Option<&'static Client> {
    [&MAIN, &ELLIPTIC]
        .into_iter()
        .find(|client| client.id == id)
}

/// A form and the client that sent it.
pub(super) struct FromClient {
    /// Who.
    pub(super) client: &'static Client,
    /// What.
    pub(super) form: Form,
}

impl<S: Send + Sync> FromRequest<S> for FromClient {
    type Rejection = Refusal;

    async fn from_request(mut request: Request, state: &S) -> Result<Self, Refusal> {
        let sent = request.headers().get_all(header::AUTHORIZATION);
        if sent.iter().count() > 1 {
            return Err(Refusal::client("Authorization is there more than once."));
        }
        let basic = request.headers_mut().remove(header::AUTHORIZATION);
        let form = Form::from_request(request, state).await?;
        let client = identify(basic.as_ref(), &form)?;
        Ok(Self { client, form })
    }
}

/// Which client a request is from. None of ours has a secret, and one that is sent all the same is a wrong one.
fn identify(basic: Option<&HeaderValue>, form: &Form) -> Result<&'static Client, Refusal> {
    let proofs = ["client_secret", "client_assertion", "client_assertion_type"];
    if proofs.iter().any(|name| form.get(name).is_some()) {
        return Err(Refusal::client(
            "This client has no secret; send client_id alone.",
        ));
    }
    let named = form.text("client_id");
    let Some(basic) = basic else {
        let id = named.ok_or_else(|| Refusal::new("invalid_request", "client_id is missing."))?;
        return find(id).ok_or_else(|| Refusal::new("invalid_client", "This client is not known."));
    };
    let id = public_client(basic).ok_or_else(|| {
        Refusal::client("This client has no secret; send client_id in the form, or Basic with an empty password.")
    })?;
    if named.is_some_and(|named| named != id) {
        return Err(Refusal::client(
            "client_id names another client than Authorization.",
        ));
    }
    find(&id).ok_or_else(|| Refusal::client("This client is not known."))
}

/// The client of a `Basic` header with an empty password, which is how a client without one often comes
/// (RFC 6749 section 2.3.1: the parameter may be left out if the secret is an empty string).
fn public_client(basic: &HeaderValue) -> Option<String> {
    let (scheme, credentials) = basic.to_str().ok()?.split_once(' ')?;
    let credentials = STANDARD.decode(credentials.trim()).ok()?;
    let id = credentials.strip_suffix(b":")?;
    // Encoded as in a form before it was joined.
    let id = url::form_urlencoded::parse(id)
        .next()
        .map(|(name, _)| name.into_owned())?;
    scheme.eq_ignore_ascii_case("basic").then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The client's name, or the error's status and code.
    fn told(basic: Option<&str>, form: &str) -> Result<&'static str, (u16, &'static str)> {
        let basic = basic.map(|text| HeaderValue::from_str(text).unwrap());
        let form = Form::parse(form.as_bytes()).unwrap();
        identify(basic.as_ref(), &form)
            .map(|client| client.id)
            .map_err(|refusal| (refusal.status.as_u16(), refusal.code))
    }

    fn basic(credentials: &str) -> String {
        format!("Basic {}", STANDARD.encode(credentials))
    }

    #[test]
    fn a_secret_that_nobody_was_given_is_a_wrong_one() {
        let wrong = Err((401, "invalid_client"));
        for form in [
            "client_id=vestibule-demo&client_secret=x",
            "client_id=vestibule-demo&client_assertion=x",
            "client_id=vestibule-demo&client_assertion_type=x",
        ] {
            assert_eq!(told(None, form), wrong, "{form}");
            assert_eq!(told(Some(&basic("vestibule-demo:")), form), wrong, "{form}");
        }
        for header in [
            &basic("vestibule-demo:x"),
            &basic("vestibule-demo::"),
            &basic("vestibule-demo"),
            &basic("stranger:"),
            &basic(":"),
            &basic(""),
            "Basic ####",
            "Basic",
            "Bearer dmVzdGlidWxlLWRlbW86",
        ] {
            assert_eq!(
                told(Some(header), "client_id=vestibule-demo"),
                wrong,
                "{header}"
            );
            assert_eq!(told(Some(header), ""), wrong, "{header}");
        }
    }

    #[test]
    fn a_public_client_may_come_with_an_empty_password() {
        for (header, form) in [
            (None, "client_id=vestibule-demo"),
            (None, "client_id=vestibule-demo&client_secret="),
            (Some(basic("vestibule-demo:")), ""),
            (Some(basic("vestibule%2Ddemo:")), "client_id=vestibule-demo"),
            (Some(basic("vestibule-demo:").replace("Basic", "basic")), ""),
        ] {
            assert_eq!(
                told(header.as_deref(), form),
                Ok("vestibule-demo"),
                "{header:?} {form}"
            );
        }
        let other = told(
            Some(&basic("vestibule-demo:")),
            "client_id=vestibule-demo-es256",
        );
        assert_eq!(other, Err((401, "invalid_client")));
    }

    #[test]
    fn who_is_not_named_or_not_known_is_told_so() {
        assert_eq!(told(None, ""), Err((400, "invalid_request")));
        assert_eq!(told(None, "client_id=x"), Err((400, "invalid_client")));
    }
}
