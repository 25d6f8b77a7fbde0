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

/// What stands in the place of a secret.
const HIDDEN: &str = "[hidden]";
/// A secret of so many characters is no part of a word by chance.
const SURE: usize = 8;
/// One of fewer is a word of its own by chance: it is a secret only where a value stands.
const SHORT: usize = 4;

/// `text` without any of `secrets` in it. One that is short would tear words apart that only hold its letters, and
/// show by that what it is: it is hidden where it stands alone, a very short one where it stands as a value.
pub(super) fn hidden(text: String, secrets: &[&SecretString]) -> String {
    let exposed = secrets.iter().map(|secret| secret.expose_secret());
    exposed
        .filter(|secret| !secret.is_empty())
        .fold(text, |text, secret| match secret.chars().count() {
            SURE.. => text.replace(secret, HIDDEN),
            length => hidden_alone(&text, secret, length < SHORT),
        })
}

fn hidden_alone(text: &str, secret: &str, as_a_value: bool) -> String {
    let of_a_word = |c: char| c.is_alphanumeric();
    let mut shown = String::with_capacity(text.len());
    let mut end = 0;
    for (at, _) in text.match_indices(secret) {
        let (before, after) = (&text[..at], &text[at + secret.len()..]);
        let is_alone = !before.ends_with(of_a_word) && !after.starts_with(of_a_word);
        let is_value = before.trim_end().ends_with(['=', ':', '"', '\'', '`']);
        if is_alone && (is_value || !as_a_value) {
            shown.push_str(&text[end..at]);
            shown.push_str(HIDDEN);
            end = at + secret.len();
        }
    }
    shown.push_str(&text[end..]);
    shown
}

/// For tests that compare what came with what was sent.
#[cfg(test)]
pub(super) fn reveal(secret: &SecretString) -> &str {
    secret.expose_secret()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_secret_is_hidden_where_it_stands_and_nowhere_else() {
        for (secret, text, shown) in [
            ("a", "a redirect to a page", "a redirect to a page"),
            (
                "a",
                "client_secret=a is bad",
                "client_secret=[hidden] is bad",
            ),
            ("a", "secret: 'a', a client", "secret: '[hidden]', a client"),
            ("é", "né \"é\"", "né \"[hidden]\""),
            (
                "tent",
                "unexpected content, tent",
                "unexpected content, [hidden]",
            ),
            ("12345", "HTTP 123456: 12345.", "HTTP 123456: [hidden]."),
            ("s3cr3t-value", "xs3cr3t-valuex", "x[hidden]x"),
            ("", "nothing", "nothing"),
        ] {
            let secret = SecretString::from(secret);
            assert_eq!(hidden(text.to_owned(), &[&secret]), shown);
        }
    }
}
