//! Where a secret leaves its wrapping on the way to the server: in a form, in a header, as a hash. What happens to it
//! anywhere else in this crate happens inside the wrapping.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use reqwest::header::{HeaderValue, InvalidHeaderValue};
use secrecy::{ExposeSecret, SecretString};

/// A field of a form that is POSTed.
pub(super) fn field<'a>(name: &'a str, secret: &'a SecretString) -> (&'a str, &'a str) {
    (name, secret.expose_secret())
}

/// `Authorization: SCHEME TOKEN`.
pub(super) fn presented(
    scheme: &str,
    token: &SecretString,
) -> Result<HeaderValue, InvalidHeaderValue> {
    sensitive(format!("{scheme} {}", token.expose_secret()))
}

/// `Authorization: Basic`, both halves encoded before they are joined (RFC 6749 section 2.3.1).
pub(super) fn basic(id: &str, secret: &SecretString) -> Result<HeaderValue, InvalidHeaderValue> {
    let encoded =
        |text: &str| -> String { url::form_urlencoded::byte_serialize(text.as_bytes()).collect() };
    let pair = format!("{}:{}", encoded(id), encoded(secret.expose_secret()));
    sensitive(format!("Basic {}", STANDARD.encode(pair)))
}

fn sensitive(text: String) -> Result<HeaderValue, InvalidHeaderValue> {
    let mut value = HeaderValue::try_from(text)?;
    value.set_sensitive(true);
    Ok(value)
}

/// SHA-256 in base64url.
pub(super) fn hash(secret: &SecretString) -> String {
    URL_SAFE_NO_PAD.encode(digest(&SHA256, secret.expose_secret().as_bytes()))
}

/// `text` without any of `secrets` in it.
pub(super) fn hidden(text: String, secrets: &[&SecretString]) -> String {
    let exposed = secrets.iter().map(|secret| secret.expose_secret());
    exposed
        .filter(|secret| !secret.is_empty())
        .fold(text, |text, secret| text.replace(secret, "[hidden]"))
}

/// For tests that compare what came with what was sent.
#[cfg(test)]
pub(super) fn reveal(secret: &SecretString) -> &str {
    secret.expose_secret()
}
