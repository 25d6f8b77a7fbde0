//! Where a secret leaves its wrapping on the way to the server: in a form, in a header, as a hash. What happens to it
//! anywhere else in this crate happens inside the wrapping.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use reqwest::header::{HeaderValue, InvalidHeaderValue};
use secrecy::{ExposeSecret, SecretString};

mod spelling;

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

/// `text` without any of `secrets` in it, in whatever spelling a server repeats them. One that is short would tear words
/// apart that only hold its letters, and show by that what it is: it is hidden where it stands alone, a very short one
/// where it stands as a value.
pub fn hidden(text: String, secrets: &[&SecretString]) -> String {
    let exposed = secrets.iter().map(|secret| secret.expose_secret());
    exposed
        .filter(|secret| !secret.is_empty())
        .fold(text, |text, secret| without(&text, secret))
}

/// The value of `Authorization: Basic`, which is the secret in another spelling.
pub(super) fn in_basic(id: &str, secret: &SecretString) -> [SecretString; 2] {
    let encoded =
        |text: &str| -> String { url::form_urlencoded::byte_serialize(text.as_bytes()).collect() };
    let secret = secret.expose_secret();
    [
        format!("{}:{}", encoded(id), encoded(secret)),
        format!("{id}:{secret}"),
    ]
    .map(|pair| SecretString::from(STANDARD.encode(pair)))
}

fn without(text: &str, secret: &str) -> String {
    let of_a_word = |c: char| c.is_alphanumeric();
    let length = secret.chars().count();
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        let (before, rest) = text.split_at(at);
        if let Some(spelled) = spelling::of(secret, rest, SURE) {
            let after = &rest[spelled..];
            let is_alone = !before.ends_with(of_a_word) && !after.starts_with(of_a_word);
            let is_value = before.trim_end().ends_with(['=', ':', '"', '\'', '`']);
            if length >= SURE || is_alone && (is_value || length >= SHORT) {
                shown.push_str(HIDDEN);
                at += spelled;
                continue;
            }
        }
        shown.push(next);
        at += next.len_utf8();
    }
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
    fn a_secret_is_hidden_in_every_spelling() {
        let secret = SecretString::from("s3cr3t+/=%& \"<é");
        for spelled in [
            "s3cr3t+/=%& \"<é",
            "s3cr3t%2B%2F%3D%25%26+%22%3C%C3%A9",
            "s3cr3t%2b%2f%3d%25%26%20%22%3c%c3%a9",
            "s3cr3t%2B/%3D%25%26%20%22%3C%C3%A9",
            "%73%33%63%72%33%74%2B%2F%3D%25%26%20%22%3C%C3%A9",
            "s3cr3t%252B%252F%253D%2525%2526%2520%2522%253C%25C3%25A9",
            "s3cr3t+/=%&amp; &quot;&lt;é",
            "s3cr3t&#43;&#47;&#x3D;&#37;&amp;&#32;&#34;&#60;&#233;",
            "s3cr3t&plus;&sol;&equals;&percnt;&AMP; &QUOT;&LT;&#xe9;",
            "s3cr3t&amp;#43;/=%&amp;amp; &amp;quot;&lt;é",
            "s3cr3t+\\/=%& \\\"<\\u00e9",
            "s3cr3t\\u002b\\u002F\\u003d\\u0025\\u0026 \\\\\"\\u003c\\u00E9",
            "s3cr3t\\x2b/=%& \"<\\u{e9}",
        ] {
            for (before, after) in [("", ""), ("bad ", " x"), ("/login/", "?a=b")] {
                let text = format!("{before}{spelled}{after}");
                let shown = format!("{before}[hidden]{after}");
                assert_eq!(hidden(text, &[&secret]), shown, "{spelled}");
            }
        }
        for cut in ["s3cr3t+/", "token s3cr3t%2B%2F%3D%25", "s3cr3t+/=%&am…"] {
            let shown = hidden(cut.to_owned(), &[&secret]);
            assert!(!shown.contains("s3cr3t"), "{cut} {shown}");
        }
        for other in ["s3cr3t", "s3cr3t+/ and more", "s3cr4t+/=%& \"<é"] {
            assert_eq!(hidden(other.to_owned(), &[&secret]), other);
        }
        let percent = SecretString::from("%25%25%2525x");
        for spelled in ["%25%25%2525x", "%2525%2525%252525x"] {
            assert_eq!(hidden(spelled.to_owned(), &[&percent]), "[hidden]");
        }
        let face = SecretString::from("pass\u{1f600}word");
        let text = "pass\\ud83d\\ude00word".to_owned();
        assert_eq!(hidden(text, &[&face]), "[hidden]");
    }

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
