//! Auth0.

use super::misconfiguration::{Misconfiguration, Sign};
use super::{Location, Paths, Provider, STANDARD, Setting, Settings};
use crate::Error;
use crate::exchange::{Exchange, Outcome};

/// <https://auth0.com/docs/get-started/authentication-and-authorization-flow/device-authorization-flow>.
/// A secret in the device authorization request is answered 403 `unauthorized_client`
/// (<https://github.com/auth0/ruby-auth0/issues/794>); `expired_token` comes once, then
/// `invalid_grant`.
pub static AUTH0: Provider = Provider {
    name: "auth0",
    locations: &[Location {
        issuer: "https://{domain}/",
        base: "https://{domain}/",
    }],
    paths: Paths {
        device_authorization: "oauth/device/code",
        token: "oauth/token",
        userinfo: "userinfo",
        revocation: "oauth/revoke",
        keys: ".well-known/jwks.json",
    },
    repeated: &[],
    // A tenant may have "Refresh Token Revocation Deletes Grant" on, and had it before 13 January 2021: then
    // every session of the person with this client ends.
    revokes_one_session: false,
    settings: Settings {
        domain: Setting::Required("the tenant's host name, such as domain = \"acme.eu.auth0.com\""),
        issuer: Setting::Meaningless("the issuer follows from domain"),
        audience: Setting::Optional,
        ..Settings::KNOWN
    },
    misconfigurations: MISCONFIGURATIONS,
    tenant_log: Some(tenant_log),
    ..STANDARD
};

/// The descriptions are those its tenants were seen to send.
const MISCONFIGURATIONS: &[Sign] = &[
    Sign {
        codes: &["unauthorized_client"],
        says: &["grant type"],
        means: Misconfiguration::Grant,
    },
    Sign {
        codes: &["access_denied", "invalid_request", "invalid_target"],
        says: &["service not found"],
        means: Misconfiguration::Audience,
    },
    Sign {
        codes: &["access_denied", "unauthorized_client", "invalid_request"],
        says: &["not enabled", "not authorized to access resource"],
        means: Misconfiguration::Access,
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
        means: Misconfiguration::Client,
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
        means: Misconfiguration::Type,
    },
    Sign {
        codes: &["access_denied", "invalid_client", "unauthorized_client"],
        says: &[
            "unauthorized",
            "authentication",
            "client secret",
            "client_secret",
        ],
        means: Misconfiguration::Authentication,
    },
    Sign {
        codes: &["unauthorized_client"],
        means: Misconfiguration::Registration,
        ..Sign::ANY
    },
];

/// The event codes of the tenant log to look for after an exchange that ended so
/// (<https://auth0.com/docs/deploy-monitor/logs/log-event-type-codes>).
fn tenant_log(exchange: Exchange, outcome: &Outcome) -> Option<&'static str> {
    let code = match outcome {
        Outcome::Failed(Error::OAuth { code, .. }) => Some(code.as_str()),
        Outcome::Failed(_) => return None,
        Outcome::Done | Outcome::Waiting | Outcome::SlowDown => None,
    };
    Some(match (exchange, outcome, code) {
        (Exchange::Code, _, Some(_)) => "fdeaz",
        (Exchange::Code, ..) => return None,
        // What the phone was told is only there.
        (Exchange::Poll, Outcome::Waiting | Outcome::SlowDown, _) => "fdeac",
        (Exchange::Poll, Outcome::Done, _) => "sede",
        // Not the person's refusal, but the client's: it should not have to prove itself.
        (Exchange::Poll, Outcome::Failed(Error::OAuth { status: 401, .. }), _) => "fede",
        (Exchange::Poll, _, Some("access_denied")) => "fdecc, fdeac",
        (Exchange::Poll, _, Some("expired_token")) => "fdeac",
        (Exchange::Poll, ..) => "fede",
        (Exchange::Refresh, Outcome::Done, _) => "sertft",
        (Exchange::Refresh, _, Some("invalid_grant")) => "ferrt, fertft",
        (Exchange::Refresh, ..) => "fertft",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::NetworkFailure;

    fn said(code: &str) -> Outcome {
        Outcome::Failed(Error::OAuth {
            status: 403,
            code: code.to_owned(),
            description: None,
        })
    }

    #[test]
    fn an_administrator_of_auth0_is_told_what_to_look_for() {
        let offline = Outcome::Failed(Error::network(NetworkFailure::Dns, String::new()));
        for (exchange, outcome, expected) in [
            (Exchange::Code, said("unauthorized_client"), Some("fdeaz")),
            (Exchange::Code, Outcome::Done, None),
            (Exchange::Poll, Outcome::Waiting, Some("fdeac")),
            (Exchange::Poll, Outcome::SlowDown, Some("fdeac")),
            (Exchange::Poll, said("access_denied"), Some("fdecc, fdeac")),
            (Exchange::Poll, said("expired_token"), Some("fdeac")),
            (Exchange::Poll, said("invalid_client"), Some("fede")),
            (Exchange::Poll, Outcome::Done, Some("sede")),
            (Exchange::Refresh, Outcome::Done, Some("sertft")),
            (
                Exchange::Refresh,
                said("invalid_grant"),
                Some("ferrt, fertft"),
            ),
            (Exchange::Refresh, said("server_error"), Some("fertft")),
            // It never came there.
            (Exchange::Refresh, offline, None),
        ] {
            assert_eq!(
                AUTH0.tenant_log(exchange, &outcome),
                expected,
                "{outcome:?}"
            );
            assert_eq!(super::super::OIDC.tenant_log(exchange, &outcome), None);
        }
    }
}
