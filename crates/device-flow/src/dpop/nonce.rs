//! Nonces that servers want to see in proofs (RFC 9449 sections 8 and 9).

use std::collections::HashMap;

use reqwest::header::{HeaderMap, HeaderName, WWW_AUTHENTICATE};
use url::Url;

use super::{Role, USE_DPOP_NONCE};

/// Where a server hands out its next nonce.
const DPOP_NONCE: HeaderName = HeaderName::from_static("dpop-nonce");

/// Longer than any nonce seen; each one is sent back with every request.
const LONGEST: usize = 2048;

/// More servers than one account has to do with.
const MOST_SERVERS: usize = 32;

/// The last nonce of each server.
#[derive(Debug, Default)]
pub(super) struct Nonces(HashMap<(Role, String), String>);

impl Nonces {
    pub(super) fn of(&self, role: Role, url: &Url) -> Option<String> {
        self.0.get(&server(role, url)).cloned()
    }

    pub(super) fn learn(&mut self, role: Role, url: &Url, nonce: &str) {
        if self.0.len() >= MOST_SERVERS {
            self.0.clear();
        }
        let _ = self.0.insert(server(role, url), nonce.to_owned());
    }
}

fn server(role: Role, url: &Url) -> (Role, String) {
    (role, url.origin().ascii_serialization())
}

/// The nonce in an answer, success or not. What no proof can carry is none.
pub(super) fn offered(headers: &HeaderMap) -> Option<String> {
    let nonce = headers.get(DPOP_NONCE)?.to_str().ok()?.trim();
    let fits = (1..=LONGEST).contains(&nonce.len())
        && nonce
            .bytes()
            .all(|byte| matches!(byte, 0x21 | 0x23..=0x5B | 0x5D..=0x7E));
    fits.then(|| nonce.to_owned())
}

/// Whether an answer with a nonce may refuse the request for want of it. An API says so in the challenge;
/// the token endpoint in the body, which is for the caller to look at.
pub(super) fn is_refusal(role: Role, status: u16, headers: &HeaderMap) -> bool {
    match role {
        Role::Authorization => matches!(status, 400 | 401),
        Role::Resource => {
            status == 401
                && headers
                    .get_all(WWW_AUTHENTICATE)
                    .iter()
                    .filter_map(|challenge| challenge.to_str().ok())
                    .any(|challenge| challenge.contains(USE_DPOP_NONCE))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn headers(nonce: &str, challenges: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let _ = headers.insert(DPOP_NONCE, nonce.parse().unwrap());
        for challenge in challenges {
            let _ = headers.append(WWW_AUTHENTICATE, challenge.parse().unwrap());
        }
        headers
    }

    #[test]
    fn each_server_has_its_own() {
        let mut nonces = Nonces::default();
        nonces.learn(Role::Authorization, &url("https://id.example/token"), "a");
        nonces.learn(Role::Resource, &url("https://id.example/me"), "b");
        nonces.learn(Role::Resource, &url("https://api.example/x"), "c");
        nonces.learn(Role::Resource, &url("https://api.example:8443/x"), "d");
        let of = |role, text| nonces.of(role, &url(text));
        let said = |text: &str| Some(text.to_owned());
        assert_eq!(
            of(Role::Authorization, "https://id.example/other"),
            said("a")
        );
        assert_eq!(of(Role::Resource, "https://id.example/"), said("b"));
        assert_eq!(of(Role::Resource, "https://api.example:443/y"), said("c"));
        assert_eq!(of(Role::Resource, "https://api.example:8443/"), said("d"));
        assert_eq!(of(Role::Authorization, "https://api.example/"), None);
        nonces.learn(Role::Authorization, &url("https://id.example/token"), "new");
        assert_eq!(
            nonces.of(Role::Authorization, &url("https://id.example/")),
            said("new")
        );
    }

    #[test]
    fn memory_is_bounded() {
        let mut nonces = Nonces::default();
        for n in 0..1000 {
            nonces.learn(Role::Resource, &url(&format!("https://{n}.example/")), "n");
        }
        assert!(nonces.0.len() <= MOST_SERVERS);
        assert!(
            nonces
                .of(Role::Resource, &url("https://999.example/"))
                .is_some()
        );
    }

    #[test]
    fn what_no_proof_can_carry_is_no_nonce() {
        assert_eq!(offered(&headers(" a.b~c ", &[])).as_deref(), Some("a.b~c"));
        for odd in ["", " ", "a b", "a\"b", "a\\b", &"n".repeat(LONGEST + 1)] {
            assert_eq!(offered(&headers(odd, &[])), None, "{odd:.20}");
        }
        assert_eq!(offered(&HeaderMap::new()), None);
    }

    #[test]
    fn an_api_asks_in_its_challenge() {
        let asked =
            r#"DPoP error="use_dpop_nonce", error_description="Resource server requires nonce""#;
        let refusal = |status, challenges: &[&str]| {
            is_refusal(Role::Resource, status, &headers("n", challenges))
        };
        assert!(refusal(401, &[asked]));
        assert!(refusal(401, &["Bearer realm=\"x\"", asked]));
        assert!(!refusal(401, &["DPoP error=\"invalid_token\""]));
        assert!(!refusal(401, &[]));
        assert!(!refusal(403, &[asked]));
        assert!(!refusal(200, &[asked]));
    }
}
