//! Which switch at the server is in the wrong place, told from what the server answered.
//!
//! The only table of it: the screen, the terminal and `doctor` all look here and take their words for what is found
//! from the same texts. Auth0's descriptions are those its tenants were seen to send.

use super::{Client, Error};
use crate::config::Preset;

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
    /// Something about this client; the answer does not tell what.
    Registration,
}

/// An answer that tells which.
struct Sign {
    preset: Option<Preset>,
    /// `error`; any of these, or any error at all where empty.
    codes: &'static [&'static str],
    /// In `error_description`, in lower case; any of these, or any description at all where empty.
    says: &'static [&'static str],
    switch: Switch,
    /// Where the server's administrator finds it logged, if that is known.
    logged: Option<&'static str>,
}

const ANY: Sign = Sign {
    preset: None,
    codes: &[],
    says: &[],
    switch: Switch::Registration,
    logged: None,
};

/// Failed requests for a code are logged by Auth0 as `fdeaz`.
const AUTH0: Sign = Sign {
    preset: Some(Preset::Auth0),
    logged: Some("fdeaz"),
    ..ANY
};

/// The first that fits counts.
const SIGNS: &[Sign] = &[
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
        logged: Some("fdeaz, or fede at the token endpoint"),
        ..AUTH0
    },
    Sign {
        codes: &["unauthorized_client"],
        switch: Switch::Registration,
        ..AUTH0
    },
    Sign {
        codes: &["invalid_grant"],
        logged: Some("ferrt where an old refresh token was used again, else fertft"),
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

/// What an answer says of a server of this kind.
fn sign(preset: Preset, code: &str, description: &str) -> &'static Sign {
    let said = description.to_lowercase();
    SIGNS
        .iter()
        .filter(|sign| sign.preset.is_none_or(|only| only == preset))
        .filter(|sign| sign.codes.is_empty() || sign.codes.contains(&code))
        .find(|sign| sign.says.is_empty() || sign.says.iter().any(|words| said.contains(words)))
        .unwrap_or(&ANY)
}

impl Switch {
    /// The switch behind an OAuth error of a server of this kind.
    pub fn behind(preset: Preset, code: &str, description: &str) -> Self {
        sign(preset, code, description).switch
    }
}

impl Client {
    /// Under which entries the server's administrator finds `error` in its log, if that is known.
    pub fn logged(&self, error: &Error) -> Option<&'static str> {
        let Error::OAuth {
            code, description, ..
        } = error
        else {
            return None;
        };
        let said = description.as_deref().unwrap_or_default();
        sign(self.preset(), code, said).logged
    }

    /// Under which entries it finds what goes wrong on the phone.
    pub fn logged_on_the_phone(&self) -> Option<&'static str> {
        let auth0 = "fdeac on the phone, fdecc cancelled there, fede at the exchange";
        (self.preset() == Preset::Auth0).then_some(auth0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn auth0s_answers_lead_to_the_switch_in_its_dashboard() {
        for (code, description, switch, log) in [
            (
                "unauthorized_client",
                "Grant type 'urn:ietf:params:oauth:grant-type:device_code' not allowed for the client.",
                Switch::Grant,
                "fdeaz",
            ),
            (
                "access_denied",
                "Service not found: https://api.example.com",
                Switch::Audience,
                "fdeaz",
            ),
            (
                "access_denied",
                "Client is not authorized to access resource server",
                Switch::Access,
                "fdeaz",
            ),
            (
                "access_denied",
                "The API is not enabled for this client",
                Switch::Access,
                "fdeaz",
            ),
            (
                "unauthorized_client",
                "Unknown client: abc",
                Switch::Client,
                "fdeaz",
            ),
            (
                "invalid_client",
                "Client not found",
                Switch::Client,
                "fdeaz",
            ),
            (
                "unauthorized_client",
                "Only native applications may do this",
                Switch::Type,
                "fdeaz",
            ),
            (
                "unauthorized_client",
                "Client must be OIDC conformant",
                Switch::Type,
                "fdeaz",
            ),
            (
                "access_denied",
                "Unauthorized",
                Switch::Authentication,
                "fede",
            ),
            ("unauthorized_client", "", Switch::Registration, "fdeaz"),
            (
                "invalid_grant",
                "Unknown or invalid refresh token.",
                Switch::Registration,
                "ferrt",
            ),
        ] {
            let sign = sign(Preset::Auth0, code, description);
            assert_eq!(sign.switch, switch, "{code} {description}");
            assert!(sign.logged.unwrap().contains(log), "{code} {description}");
        }
    }

    #[test]
    fn other_servers_say_less_and_log_elsewhere() {
        for (code, description, switch) in [
            ("unauthorized_client", "Unknown client", Switch::Grant),
            ("device_flow_disabled", "", Switch::Grant),
            ("invalid_client", "", Switch::Client),
            ("invalid_scope", "", Switch::Scope),
            ("invalid_target", "", Switch::Audience),
            ("invalid_request", "No such audience", Switch::Audience),
            ("invalid_request", "", Switch::Registration),
            ("access_denied", "Unauthorized", Switch::Registration),
        ] {
            for preset in [Preset::Oidc, Preset::Oauth2, Preset::Github] {
                let sign = sign(preset, code, description);
                assert_eq!(sign.switch, switch, "{code} {description}");
                assert_eq!(sign.logged, None);
            }
        }
    }
}
