//! What to do about a server that cannot be used: answers of servers, and the switch behind each.
//!
//! Auth0's descriptions are those its tenants were seen to send; its menu paths are the dashboard's.

use super::{Error, NetworkFailure};
use crate::config::Preset;

/// An answer that tells which switch is wrong.
struct Sign {
    preset: Option<Preset>,
    /// `error`; any of these.
    codes: &'static [&'static str],
    /// In `error_description`, in lower case; any of these, or any description at all where empty.
    says: &'static [&'static str],
    fix: &'static str,
}

const AUTH0: Option<Preset> = Some(Preset::Auth0);

/// The first that fits counts.
const SIGNS: &[Sign] = &[
    Sign {
        preset: AUTH0,
        codes: &["unauthorized_client"],
        says: &["grant type"],
        fix: "in the Auth0 dashboard: Applications > this application > Settings > Advanced Settings > Grant Types: \
              switch on Device Code (and Refresh Token). Tenant log: fdeaz",
    },
    Sign {
        preset: AUTH0,
        codes: &["access_denied", "invalid_request", "invalid_target"],
        says: &["service not found"],
        fix: "in the Auth0 dashboard: Applications > APIs: there is no API with this identifier. Set provider.audience \
              to the Identifier of the API, to the letter, or create it. Tenant log: fdeaz",
    },
    Sign {
        preset: AUTH0,
        codes: &["access_denied", "unauthorized_client", "invalid_request"],
        says: &["not enabled", "not authorized to access resource"],
        fix: "in the Auth0 dashboard: Applications > APIs > the API of provider.audience > Application Access: allow \
              this application. Tenant log: fdeaz",
    },
    Sign {
        preset: AUTH0,
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
        fix: "this tenant has no application with this provider.client_id. In the Auth0 dashboard: Applications > this \
              application > Settings: copy the Client ID, and the Domain to provider.domain. Tenant log: fdeaz",
    },
    Sign {
        preset: AUTH0,
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
        fix: "in the Auth0 dashboard: Applications > this application > Settings > Application Type: Native, and \
              Advanced Settings > OAuth > OIDC Conformant on. An application that registered itself (dynamic client \
              registration) or is a third-party one cannot use the device flow: create one by hand. Tenant log: fdeaz",
    },
    Sign {
        preset: AUTH0,
        codes: &["access_denied", "invalid_client", "unauthorized_client"],
        says: &[
            "unauthorized",
            "authentication",
            "client secret",
            "client_secret",
        ],
        fix: "in the Auth0 dashboard: Applications > this application > Credentials > Authentication Method: None (a \
              Native application; a box cannot keep a secret). Tenant log: fdeaz, or fede at the token endpoint",
    },
    Sign {
        preset: AUTH0,
        codes: &["unauthorized_client"],
        says: &[],
        fix: "in the Auth0 dashboard: Applications > this application: Settings > Application Type: Native; Credentials > \
              Authentication Method: None; Settings > Advanced Settings > Grant Types: Device Code on. \
              Tenant log: fdeaz",
    },
    Sign {
        preset: AUTH0,
        codes: &["invalid_grant"],
        says: &[],
        fix: "sign in again with: vestibule sign-in. Tenant log: ferrt where an old refresh token was used again, \
              else fertft",
    },
    Sign {
        preset: None,
        codes: &["invalid_grant"],
        says: &[],
        fix: "sign in again with: vestibule sign-in",
    },
    Sign {
        preset: None,
        codes: &["invalid_client"],
        says: &[],
        fix: "the server does not know this client: check provider.client_id. If the server gave a client secret, name \
              its file as provider.client_secret_file",
    },
    Sign {
        preset: None,
        codes: &["invalid_scope"],
        says: &[],
        fix: "the server refuses one of the scopes: ask for fewer in provider.scopes, or allow them for this client there",
    },
    Sign {
        preset: None,
        codes: &[
            "slow_down",
            "temporarily_unavailable",
            "too_many_requests",
            "rate_limited",
            "server_error",
        ],
        says: &[],
        fix: "the server is busy or was asked too often: wait some minutes and try again",
    },
];

const WITHOUT_REFRESH_TOKEN: &[(Preset, &str)] = &[(
    Preset::Auth0,
    "in the Auth0 dashboard: Applications > APIs > the API of provider.audience > Settings > Allow Offline Access on, \
     and Applications > this application > Settings > Advanced Settings > Grant Types > Refresh Token on; then sign \
     in again",
)];

const LOGS: &[(Preset, &str)] = &[(
    Preset::Auth0,
    "what fails later is in the tenant log: fdeac on the phone, fdecc cancelled there, fede at the exchange",
)];

/// What to do about `error`; `help` is the preset's own.
pub(super) fn on(preset: Preset, help: &'static str, error: &Error) -> &'static str {
    match error {
        Error::Network { failure, .. } => on_network(*failure),
        Error::OAuth {
            code, description, ..
        } => {
            let said = description.as_deref().unwrap_or_default().to_lowercase();
            SIGNS
                .iter()
                .filter(|sign| sign.preset.is_none_or(|only| only == preset))
                .filter(|sign| sign.codes.contains(&code.as_str()))
                .find(|sign| {
                    sign.says.is_empty() || sign.says.iter().any(|words| said.contains(words))
                })
                .map_or(help, |sign| sign.fix)
        }
        Error::Unexpected { .. } => {
            "another server answers at this address, or the network wants a sign-in of its own (open any page in a \
             browser on this network); check provider.domain or provider.issuer and the endpoints"
        }
        Error::Misconfigured(_) => {
            "check provider.issuer: it must be spelled as the server spells it; and that this network does not answer \
             with a sign-in page of its own. If the server offers the device grant \
             and does not say so, give device_authorization_endpoint and token_endpoint under [provider]"
        }
        Error::IdToken(_) => help,
    }
}

fn on_network(failure: NetworkFailure) -> &'static str {
    match failure {
        NetworkFailure::Dns => {
            "check the spelling of the host name in the configuration, and that this box has a name server \
             (resolvectl status)"
        }
        NetworkFailure::Connect => {
            "nothing listens there: check host and port in the configuration, that the server runs, and that no \
             firewall stands between"
        }
        NetworkFailure::Tls => {
            "if the server's certificate is of an authority of your own, name that authority's PEM file as \
             provider.ca_file; else check the host name, and that nobody on this network opens the connection"
        }
        NetworkFailure::ClockBehind => {
            "set the clock: connect the box to a time server (timedatectl set-ntp true) or by hand \
             (timedatectl set-time). Signed-in accounts are kept meanwhile"
        }
        NetworkFailure::Timeout | NetworkFailure::Interrupted => {
            "check the network of this box and any firewall or proxy on the way; if others reach the server, try again"
        }
        NetworkFailure::Unavailable => {
            "the server answers that it cannot serve now: wait some minutes, then ask who runs it"
        }
    }
}

/// What to do where `offline_access` was asked for and no refresh token came.
pub(super) fn without_refresh_token(preset: Preset) -> &'static str {
    of(WITHOUT_REFRESH_TOKEN, preset).unwrap_or(
        "allow offline access and the refresh token grant for this client at the server, then sign in again",
    )
}

/// Where what happens on the phone is logged.
pub(super) fn log_hint(preset: Preset) -> Option<&'static str> {
    of(LOGS, preset)
}

fn of(texts: &[(Preset, &'static str)], preset: Preset) -> Option<&'static str> {
    let found = texts.iter().find(|(only, _)| *only == preset);
    found.map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fix(preset: Preset, status: u16, code: &str, description: &str) -> &'static str {
        let error = Error::OAuth {
            status,
            code: code.to_owned(),
            description: Some(description.to_owned()).filter(|text| !text.is_empty()),
        };
        on(preset, "the help", &error)
    }

    #[test]
    fn auth0s_answers_lead_to_the_switch_in_its_dashboard() {
        for (status, code, description, switch, log) in [
            (
                403,
                "unauthorized_client",
                "Grant type 'urn:ietf:params:oauth:grant-type:device_code' not allowed for the client.",
                "Grant Types: switch on Device Code",
                "fdeaz",
            ),
            (
                403,
                "access_denied",
                "Service not found: https://api.example.com",
                "provider.audience",
                "fdeaz",
            ),
            (
                403,
                "access_denied",
                "Client is not authorized to access resource server",
                "Application Access",
                "fdeaz",
            ),
            (
                403,
                "access_denied",
                "The API is not enabled for this client",
                "Application Access",
                "fdeaz",
            ),
            (
                403,
                "unauthorized_client",
                "Unknown client: abc",
                "provider.client_id",
                "fdeaz",
            ),
            (
                401,
                "invalid_client",
                "Client not found",
                "provider.client_id",
                "fdeaz",
            ),
            (
                403,
                "unauthorized_client",
                "Only native applications may do this",
                "Application Type: Native",
                "fdeaz",
            ),
            (
                403,
                "unauthorized_client",
                "Client must be OIDC conformant",
                "OIDC Conformant on",
                "fdeaz",
            ),
            (
                401,
                "access_denied",
                "Unauthorized",
                "Authentication Method: None",
                "fede",
            ),
            (
                403,
                "unauthorized_client",
                "",
                "Authentication Method: None",
                "fdeaz",
            ),
            (
                403,
                "invalid_grant",
                "Unknown or invalid refresh token.",
                "sign in again",
                "ferrt",
            ),
            (403, "invalid_grant", "", "sign in again", "fertft"),
        ] {
            let fix = fix(Preset::Auth0, status, code, description);
            assert!(
                fix.contains(switch) && fix.contains(log),
                "{code} {description}: {fix}"
            );
        }
        assert!(without_refresh_token(Preset::Auth0).contains("Allow Offline Access"));
        let later = log_hint(Preset::Auth0).unwrap();
        assert!(
            ["fdeac", "fdecc", "fede"]
                .iter()
                .all(|code| later.contains(code))
        );
    }

    #[test]
    fn other_servers_never_hear_of_a_dashboard_that_is_not_theirs() {
        for code in [
            "unauthorized_client",
            "access_denied",
            "invalid_client",
            "invalid_scope",
            "slow_down",
        ] {
            for preset in [Preset::Oidc, Preset::Oauth2] {
                let fix = fix(
                    preset,
                    400,
                    code,
                    "Grant type not allowed. Service not found. Unauthorized",
                );
                assert!(!fix.contains("Auth0") && !fix.is_empty(), "{fix}");
            }
        }
        assert_eq!(
            fix(Preset::Oidc, 400, "unauthorized_client", ""),
            "the help"
        );
        assert!(fix(Preset::Oidc, 401, "invalid_client", "").contains("client_id"));
    }
}
