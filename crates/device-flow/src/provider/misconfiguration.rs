//! What is set wrong at the server, told from what the server answered.
//!
//! Each provider's row has the answers that only it gives; those here are for all.

use super::Provider;

/// What is to be set at the server, or about it in the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Misconfiguration {
    /// The device grant is not allowed for this client.
    Grant,
    /// The client is of a type that may not use it.
    Type,
    /// The server wants another authentication of the client, or one at all.
    Authentication,
    /// The server does not know the client.
    Client,
    /// A scope that is asked for.
    Scope,
    /// The API that tokens are asked for.
    Audience,
    /// The API is there, but not for this client.
    Access,
    /// No refresh token is given to this client, or for this API.
    Offline,
    /// The proof that goes with a code (PKCE).
    Pkce,
    /// Something about this client; the answer does not tell what.
    Registration,
}

/// An answer that tells what is set wrong.
#[derive(Debug, Clone, Copy)]
pub struct Sign {
    /// `error` (RFC 6749 section 5.2); any of these, or any error at all where empty.
    pub codes: &'static [&'static str],
    /// In `error_description`, in lower case; any of these, or any description at all where empty.
    pub says: &'static [&'static str],
    /// What is set wrong then.
    pub means: Misconfiguration,
}

impl Sign {
    /// Any error, which tells nothing.
    pub const ANY: Self = Self {
        codes: &[],
        says: &[],
        means: Misconfiguration::Registration,
    };

    fn fits(&self, code: &str, said: &str) -> bool {
        (self.codes.is_empty() || self.codes.contains(&code))
            && (self.says.is_empty() || self.says.iter().any(|words| said.contains(words)))
    }
}

/// How errors speak of PKCE, in lower case.
pub(crate) const PKCE_WORDS: &[&str] = &[
    "pkce",
    "code_challenge",
    "code challenge",
    "code_verifier",
    "code verifier",
    "proof key",
];

/// Before those of the provider's row.
const FIRST: &[Sign] = &[Sign {
    says: PKCE_WORDS,
    means: Misconfiguration::Pkce,
    ..Sign::ANY
}];

/// After those of the provider's row.
const SIGNS: &[Sign] = &[
    Sign {
        codes: &[
            "unauthorized_client",
            "unsupported_grant_type",
            "device_flow_disabled",
        ],
        means: Misconfiguration::Grant,
        ..Sign::ANY
    },
    Sign {
        codes: &["invalid_client", "incorrect_client_credentials"],
        means: Misconfiguration::Client,
        ..Sign::ANY
    },
    Sign {
        codes: &["invalid_scope"],
        means: Misconfiguration::Scope,
        ..Sign::ANY
    },
    Sign {
        codes: &["invalid_target"],
        means: Misconfiguration::Audience,
        ..Sign::ANY
    },
    Sign {
        says: &["audience", "service not found"],
        means: Misconfiguration::Audience,
        ..Sign::ANY
    },
];

impl Provider {
    /// What is set wrong where the server answers with this OAuth error; the first sign that fits counts.
    pub fn misconfiguration(&self, code: &str, description: &str) -> Misconfiguration {
        let said = description.to_lowercase();
        [FIRST, self.misconfigurations, SIGNS]
            .into_iter()
            .flatten()
            .find(|sign| sign.fits(code, &said))
            .map_or(Misconfiguration::Registration, |sign| sign.means)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{AUTH0, GITHUB, OAUTH2, OIDC};
    use super::*;

    #[test]
    fn auth0s_answers_lead_to_the_switch_in_its_dashboard() {
        for (code, description, expected) in [
            (
                "unauthorized_client",
                "Grant type 'urn:ietf:params:oauth:grant-type:device_code' not allowed for the client.",
                Misconfiguration::Grant,
            ),
            (
                "access_denied",
                "Service not found: https://api.example.com",
                Misconfiguration::Audience,
            ),
            (
                "access_denied",
                "Client is not authorized to access resource server",
                Misconfiguration::Access,
            ),
            (
                "access_denied",
                "The API is not enabled for this client",
                Misconfiguration::Access,
            ),
            (
                "unauthorized_client",
                "Unknown client: abc",
                Misconfiguration::Client,
            ),
            (
                "invalid_client",
                "Client not found",
                Misconfiguration::Client,
            ),
            (
                "unauthorized_client",
                "Only native applications may do this",
                Misconfiguration::Type,
            ),
            (
                "unauthorized_client",
                "Client must be OIDC conformant",
                Misconfiguration::Type,
            ),
            (
                "access_denied",
                "Unauthorized",
                Misconfiguration::Authentication,
            ),
            ("unauthorized_client", "", Misconfiguration::Registration),
        ] {
            let found = AUTH0.misconfiguration(code, description);
            assert_eq!(found, expected, "{code} {description}");
        }
    }

    #[test]
    fn other_servers_say_less() {
        for (code, description, expected) in [
            (
                "unauthorized_client",
                "Unknown client",
                Misconfiguration::Grant,
            ),
            ("device_flow_disabled", "", Misconfiguration::Grant),
            ("invalid_client", "", Misconfiguration::Client),
            ("invalid_scope", "", Misconfiguration::Scope),
            ("invalid_target", "", Misconfiguration::Audience),
            (
                "invalid_request",
                "No such audience",
                Misconfiguration::Audience,
            ),
            ("invalid_request", "", Misconfiguration::Registration),
            (
                "invalid_request",
                "Missing parameter: code_challenge_method",
                Misconfiguration::Pkce,
            ),
            (
                "invalid_grant",
                "PKCE verification failed",
                Misconfiguration::Pkce,
            ),
            (
                "access_denied",
                "Unauthorized",
                Misconfiguration::Registration,
            ),
        ] {
            for provider in [&OIDC, &OAUTH2, &GITHUB] {
                let found = provider.misconfiguration(code, description);
                assert_eq!(found, expected, "{code} {description}");
            }
        }
    }
}
