//! What a proof says (RFC 9449 section 4.2): pure text, signed elsewhere.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};
use url::Url;

/// A public P-256 key: both coordinates in base64url.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) x: String,
    pub(super) y: String,
}

impl Point {
    /// Reads the uncompressed form: 4, then 32 bytes of each coordinate.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let [4, both @ ..] = bytes else { return None };
        let (x, y) = both.split_at_checked(32).filter(|(_, y)| y.len() == 32)?;
        Some(Self {
            x: URL_SAFE_NO_PAD.encode(x),
            y: URL_SAFE_NO_PAD.encode(y),
        })
    }

    /// The form that thumbprints are made of: the required members in order of name, no blanks
    /// (RFC 7638 section 3.3).
    pub(super) fn canonical(&self) -> String {
        format!(
            r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#,
            self.x, self.y
        )
    }
}

/// One proof.
#[derive(Debug)]
pub(super) struct Proof<'a> {
    pub(super) method: &'a str,
    pub(super) url: &'a Url,
    /// Never used before: 128 random bits.
    pub(super) id: &'a str,
    /// Unix seconds.
    pub(super) issued_at: u64,
    /// SHA-256 of the access token that goes along, if one does.
    pub(super) token_hash: Option<String>,
    pub(super) nonce: Option<&'a str>,
}

impl Proof<'_> {
    /// Header and claims, as they are signed.
    pub(super) fn message(&self, key: &Point) -> String {
        let header = json!({
            "typ": "dpop+jwt",
            "alg": "ES256",
            "jwk": {"kty": "EC", "crv": "P-256", "x": key.x, "y": key.y},
        });
        let mut claims = Map::new();
        let mut claim = |name: &str, value: Value| {
            let _ = claims.insert(name.to_owned(), value);
        };
        claim("jti", self.id.into());
        claim("htm", self.method.into());
        claim("htu", target(self.url).into());
        claim("iat", self.issued_at.into());
        if let Some(hash) = &self.token_hash {
            claim("ath", hash.as_str().into());
        }
        if let Some(nonce) = self.nonce {
            claim("nonce", nonce.into());
        }
        let part = |text: String| URL_SAFE_NO_PAD.encode(text);
        format!(
            "{}.{}",
            part(header.to_string()),
            part(Value::Object(claims).to_string())
        )
    }
}

/// The address as the server sees it, without query and fragment, and without what a browser would take
/// for a password.
fn target(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    // Both fail only for addresses without a host, which no request is ever sent to.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_what_is_asked_for_and_no_more() {
        for (url, said) in [
            ("https://api.example/v1/a?b=c#d", "https://api.example/v1/a"),
            ("https://api.example:443", "https://api.example/"),
            ("https://api.example:8443/", "https://api.example:8443/"),
            ("https://u:p@api.example/a%20b", "https://api.example/a%20b"),
            ("http://127.0.0.1:8080/t?", "http://127.0.0.1:8080/t"),
        ] {
            assert_eq!(target(&Url::parse(url).unwrap()), said);
        }
    }

    #[test]
    fn only_an_uncompressed_point_is_a_key() {
        let mut bytes = vec![7; 65];
        bytes[0] = 4;
        assert!(Point::of(&bytes).is_some());
        assert!(Point::of(&bytes[..64]).is_none());
        assert!(Point::of(&[&bytes[..], &[7]].concat()).is_none());
        assert!(Point::of(&[]).is_none());
        bytes[0] = 2;
        assert!(Point::of(&bytes).is_none());
    }
}
