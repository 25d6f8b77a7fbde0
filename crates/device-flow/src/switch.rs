//! Which switch at the server is in the wrong place, told from what the server answered.
//!
//! The only table of it: the screen, the terminal and `doctor` all look here and take their words for what is found
//! from the same texts. Auth0's descriptions are those its tenants were seen to send.

use super::pkce;
use super::provider::Provider;

/// What is to be set at the server, or about it in the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Switch {
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

/// An answer that tells which.
struct Sign {
    /// The name of the only provider that says so.
    provider: Option<&'static str>,
    /// `error`; any of these, or any error at all where empty.
    codes: &'static [&'static str],
    /// In `error_description`, in lower case; any of these, or any description at all where empty.
    says: &'static [&'static str],
    switch: Switch,
}

const ANY: Sign = Sign {
    provider: None,
    codes: &[],
    says: &[],
    switch: Switch::Registration,
};

const AUTH0: Sign = Sign {
    provider: Some("auth0"),
    ..ANY
};

/// The first that fits counts.
const SIGNS: &[Sign] = &[
    Sign {
        says: pkce::WORDS,
        switch: Switch::Pkce,
        ..ANY
    },
    Sign {
        codes: &["unauthorized_client"],
        says: &["grant type"],
        switch: Switch::Grant,
        ..AUTH0
    },
    Sign {
        codes: &["access_denied", "invalid_request", "invalid_target"],
        says: &["service not found"],
        switch: Switch::Audience,
        ..AUTH0
    },
    Sign {
        codes: &["access_denied", "unauthorized_client", "invalid_request"],
        says: &["not enabled", "not authorized to access resource"],
        switch: Switch::Access,
        ..AUTH0
    },
    Sign {
        codes: &[
            "unauthorized_client",
            "invalid_client",
            "invalid_request",
            "access_denied",
        ],
        says: &[
            "unknown client",
            "client not found",
            "unknown or invalid client",
            "invalid client",
            "does not exist",
        ],
        switch: Switch::Client,
        ..AUTH0
    },
    Sign {
        codes: &["unauthorized_client", "invalid_request", "access_denied"],
        says: &[
            "native",
            "application type",
            "first-party",
            "first party",
            "third-party",
            "oidc conformant",
            "oidc-conformant",
        ],
        switch: Switch::Type,
        ..AUTH0
    },
    Sign {
        codes: &["access_denied", "invalid_client", "unauthorized_client"],
        says: &[
            "unauthorized",
            "authentication",
            "client secret",
            "client_secret",
        ],
        switch: Switch::Authentication,
        ..AUTH0
    },
    Sign {
        codes: &["unauthorized_client"],
        switch: Switch::Registration,
        ..AUTH0
    },
    Sign {
        codes: &[
            "unauthorized_client",
            "unsupported_grant_type",
            "device_flow_disabled",
        ],
        switch: Switch::Grant,
        ..ANY
    },
    Sign {
        codes: &["invalid_client", "incorrect_client_credentials"],
        switch: Switch::Client,
        ..ANY
    },
    Sign {
        codes: &["invalid_scope"],
        switch: Switch::Scope,
        ..ANY
    },
    Sign {
        codes: &["invalid_target"],
        switch: Switch::Audience,
        ..ANY
    },
    Sign {
        says: &["audience", "service not found"],
        switch: Switch::Audience,
        ..ANY
    },
];

impl Switch {
    /// The switch behind an OAuth error of a server of this kind.
    pub fn behind(provider: &Provider, code: &str, description: &str) -> Self {
        let said = description.to_lowercase();
        SIGNS
            .iter()
            .filter(|sign| sign.provider.is_none_or(|only| only == provider.name))
            .filter(|sign| sign.codes.is_empty() || sign.codes.contains(&code))
            .find(|sign| sign.says.is_empty() || sign.says.iter().any(|words| said.contains(words)))
            .map_or(Switch::Registration, |sign| sign.switch)
    }
}

#[cfg(test)]
mod tests {
    use super::super::provider;
    use super::*;

    #[test]
    fn auth0s_answers_lead_to_the_switch_in_its_dashboard() {
        for (code, description, switch) in [
            (
                "unauthorized_client",
                "Grant type 'urn:ietf:params:oauth:grant-type:device_code' not allowed for the client.",
                Switch::Grant,
            ),
            (
                "access_denied",
                "Service not found: https://api.example.com",
                Switch::Audience,
            ),
            (
                "access_denied",
                "Client is not authorized to access resource server",
                Switch::Access,
            ),
            (
                "access_denied",
                "The API is not enabled for this client",
                Switch::Access,
            ),
            ("unauthorized_client", "Unknown client: abc", Switch::Client),
            ("invalid_client", "Client not found", Switch::Client),
            (
                "unauthorized_client",
                "Only native applications may do this",
                Switch::Type,
            ),
            (
                "unauthorized_client",
                "Client must be OIDC conformant",
                Switch::Type,
            ),
            ("access_denied", "Unauthorized", Switch::Authentication),
            ("unauthorized_client", "", Switch::Registration),
        ] {
            let found = Switch::behind(&provider::AUTH0, code, description);
            assert_eq!(found, switch, "{code} {description}");
        }
    }

    #[test]
    fn other_servers_say_less() {
        for (code, description, switch) in [
            ("unauthorized_client", "Unknown client", Switch::Grant),
            ("device_flow_disabled", "", Switch::Grant),
            ("invalid_client", "", Switch::Client),
            ("invalid_scope", "", Switch::Scope),
            ("invalid_target", "", Switch::Audience),
            ("invalid_request", "No such audience", Switch::Audience),
            ("invalid_request", "", Switch::Registration),
            (
                "invalid_request",
                "Missing parameter: code_challenge_method",
                Switch::Pkce,
            ),
            ("invalid_grant", "PKCE verification failed", Switch::Pkce),
            ("access_denied", "Unauthorized", Switch::Registration),
        ] {
            for provider in [&provider::OIDC, &provider::OAUTH2, &provider::GITHUB] {
                let found = Switch::behind(provider, code, description);
                assert_eq!(found, switch, "{code} {description}");
            }
        }
    }
}
