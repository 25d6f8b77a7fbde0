//! Where an administrator finds the other side of an exchange: the event codes of Auth0's tenant log.
//!
//! <https://auth0.com/docs/deploy-monitor/logs/log-event-type-codes>

use super::Error;
use super::journal::{Exchange, Outcome};
use super::provider::Provider;

/// The codes to look for after an exchange that ended so; nothing for servers whose log is not known and
/// for failures that never reached it.
pub fn tenant_log(
    provider: &Provider,
    exchange: Exchange,
    outcome: &Outcome,
) -> Option<&'static str> {
    if provider.name != "auth0" {
        return None;
    }
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
    use super::super::{NetworkFailure, provider};
    use super::*;

    fn said(code: &str) -> Outcome {
        Outcome::Failed(Error::OAuth {
            status: 403,
            code: code.to_owned(),
            description: None,
        })
    }

    #[test]
    fn an_administrator_of_auth0_is_told_what_to_look_for() {
        let offline = Outcome::Failed(Error::Network {
            failure: NetworkFailure::Dns,
            detail: String::new(),
        });
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
                tenant_log(&provider::AUTH0, exchange, &outcome),
                expected,
                "{outcome:?}"
            );
            assert_eq!(tenant_log(&provider::OIDC, exchange, &outcome), None);
        }
    }
}
