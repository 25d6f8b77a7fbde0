//! What went wrong, in words for a person: what happened, and what to do. Pure.

use tokio::task::JoinError;

use super::i18n::fl;
use crate::session;
use device_flow::{GrantError, Reason};
use device_flow::{Misconfiguration, NetworkError, NetworkFailure, Provider};

/// Words about one thing that went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorText {
    /// A stable word for scripts.
    pub code: &'static str,
    /// What happened.
    pub title: String,
    /// What to do about it.
    pub hint: String,
    /// The server's or the library's own words, for the person who looks after the device.
    pub detail: Option<String>,
}

/// Work was cut off inside of this program.
pub fn of_internal(error: &JoinError) -> ErrorText {
    ErrorText {
        code: "unexpected",
        title: fl!("words-internal-title"),
        hint: fl!("words-internal"),
        detail: Some(error.to_string()),
    }
}

/// An exchange with the authorization server failed.
pub fn of_exchange(error: &device_flow::Error, server: &Provider) -> ErrorText {
    match error {
        device_flow::Error::Network(NetworkError {
            failure, detail, ..
        }) => of_network(*failure, detail),
        device_flow::Error::OAuth {
            code, description, ..
        } => {
            let description = description.as_deref().unwrap_or_default();
            ErrorText {
                code: "rejected",
                title: fl!("words-rejected-title"),
                hint: of_switch(server.misconfiguration(code, description), server),
                detail: Some(error.to_string()),
            }
        }
        device_flow::Error::Unexpected { is_page: true, .. } => ErrorText {
            code: "network",
            title: fl!("words-unexpected-title"),
            hint: fl!("words-unexpected"),
            detail: Some(error.to_string()),
        },
        device_flow::Error::Unexpected { .. } => ErrorText {
            code: "rejected",
            title: fl!("words-unread-title"),
            hint: fl!("words-unread"),
            detail: Some(error.to_string()),
        },
        device_flow::Error::IdToken(why) => ErrorText {
            code: "rejected",
            title: fl!("words-id-token-title"),
            hint: fl!("words-id-token"),
            detail: Some(why.to_string()),
        },
        // The server did not refuse the application: the words tell what does not fit.
        device_flow::Error::Misconfigured(what) => ErrorText {
            code: "rejected",
            title: fl!("words-rejected-title"),
            hint: fl!("words-misfit"),
            detail: Some(what.clone()),
        },
    }
}

/// A sign-in came to nothing.
pub fn of_sign_in(failure: &GrantError, server: &Provider) -> ErrorText {
    let detail = said(&failure.detail);
    match (failure.reason, &failure.cause) {
        (Reason::Rejected | Reason::Network, Some(cause))
        | (Reason::Expired, Some(cause @ device_flow::Error::Unexpected { .. })) => {
            of_exchange(cause, server)
        }
        (Reason::Rejected, None) => ErrorText {
            code: "rejected",
            title: fl!("words-rejected-title"),
            hint: of_switch(Misconfiguration::Registration, server),
            detail,
        },
        (Reason::Network, None) => ErrorText {
            code: "network",
            title: fl!("words-network-title"),
            hint: fl!("words-network-connect"),
            detail,
        },
        (Reason::Denied, _) => ErrorText {
            code: "declined",
            title: fl!("sign-in-denied"),
            hint: fl!("sign-in-denied-hint"),
            detail,
        },
        (Reason::Expired | Reason::Cancelled, _) => ErrorText {
            code: "expired",
            title: fl!("sign-in-rest"),
            hint: fl!("sign-in-rest-hint"),
            detail,
        },
    }
}

/// What may be behind codes that were not confirmed: where an administrator does not allow the grant, only the phone is
/// told so.
pub fn of_silence(server: &Provider) -> String {
    fl!("sign-in-rest-refused", provider = server.name)
}

/// An account could not be used.
pub fn of_session(error: &session::Error, server: &Provider) -> ErrorText {
    match error {
        session::Error::Ended(why) => ErrorText {
            code: "not_signed_in",
            title: fl!("welcome-ended"),
            hint: String::new(),
            detail: said(why),
        },
        session::Error::Refresh(error) => of_exchange(error, server),
        session::Error::Refused(why) => ErrorText {
            code: "rejected",
            title: fl!("words-refused-title"),
            hint: fl!("words-refused"),
            detail: said(why),
        },
        session::Error::Storage { path, cause } => ErrorText {
            code: "storage",
            title: fl!("words-storage-title"),
            hint: fl!("words-storage"),
            detail: Some(format!("{path}: {cause}")),
        },
    }
}

fn of_network(failure: NetworkFailure, detail: &str) -> ErrorText {
    let title = match failure {
        NetworkFailure::ClockBehind => fl!("words-clock-title"),
        NetworkFailure::Dns
        | NetworkFailure::Connect
        | NetworkFailure::Tls
        | NetworkFailure::Timeout
        | NetworkFailure::Interrupted
        | NetworkFailure::Unavailable => fl!("words-network-title"),
    };
    let hint = match failure {
        NetworkFailure::Dns => fl!("words-network-dns"),
        NetworkFailure::Connect => fl!("words-network-connect"),
        NetworkFailure::Tls => fl!("words-network-tls"),
        NetworkFailure::ClockBehind => fl!("words-clock"),
        NetworkFailure::Timeout => fl!("words-network-timeout"),
        NetworkFailure::Interrupted => fl!("words-network-interrupted"),
        NetworkFailure::Unavailable => fl!("words-network-unavailable"),
    };
    let code = match failure {
        NetworkFailure::ClockBehind => "clock",
        _ => "network",
    };
    ErrorText {
        code,
        title,
        hint,
        detail: said(detail),
    }
}

/// What to set at the server, or about it in the configuration. `doctor` says the same.
pub fn of_switch(switch: Misconfiguration, server: &Provider) -> String {
    // The texts have a word of their own for those whose switches are known.
    let provider = server.name;
    match switch {
        Misconfiguration::Grant => fl!("words-rejected-grant", provider = provider),
        Misconfiguration::Type => fl!("words-rejected-type", provider = provider),
        Misconfiguration::Authentication => {
            fl!("words-rejected-authentication", provider = provider)
        }
        Misconfiguration::Client => fl!("words-rejected-client", provider = provider),
        Misconfiguration::Scope => fl!("words-rejected-scope"),
        Misconfiguration::Audience => fl!("words-rejected-audience", provider = provider),
        Misconfiguration::Access => fl!("words-rejected-access", provider = provider),
        Misconfiguration::Offline => fl!("words-rejected-offline", provider = provider),
        Misconfiguration::Pkce => fl!("words-rejected-pkce", provider = provider),
        Misconfiguration::Registration => fl!("words-rejected-other", provider = provider),
    }
}

/// What there is to say, if anything.
fn said(detail: &str) -> Option<String> {
    let detail = detail.trim();
    (!detail.is_empty()).then(|| detail.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use device_flow::provider::{self, PROVIDERS};

    fn failure(reason: Reason, error: Option<&str>, detail: &str) -> GrantError {
        let Some(code) = error else {
            return GrantError {
                reason,
                cause: None,
                detail: detail.to_owned(),
            };
        };
        let cause = device_flow::Error::OAuth {
            status: 400,
            code: code.to_owned(),
            description: said(detail),
        };
        GrantError::new(reason, cause)
    }

    #[test]
    fn auth0_names_its_switch_and_others_do_not() {
        let grant = failure(
            Reason::Rejected,
            Some("unauthorized_client"),
            "Grant type not allowed for the client.",
        );
        let auth0 = of_sign_in(&grant, &provider::AUTH0);
        assert!(auth0.hint.contains("Advanced Settings"), "{}", auth0.hint);
        assert_eq!(
            auth0.detail.as_deref(),
            Some("unauthorized_client: Grant type not allowed for the client.")
        );
        let other = of_sign_in(&grant, &provider::OIDC);
        assert!(!other.hint.contains("Auth0"), "{}", other.hint);
    }

    #[test]
    fn every_preset_with_switches_of_its_own_names_them() {
        let grant = failure(Reason::Rejected, Some("unauthorized_client"), "");
        let plain = of_sign_in(&grant, &provider::OAUTH2).hint;
        for server in PROVIDERS {
            let is_plain = matches!(server.name, "oidc" | "oauth2");
            let hint = of_sign_in(&grant, server).hint;
            assert_eq!(hint == plain, is_plain, "{server:?}: {hint}");
        }
    }

    #[test]
    fn no_server_hears_of_a_dashboard_that_is_not_its_own() {
        let consoles = [
            "Auth0", "Okta", "Google", "Entra", "GitHub", "GitLab", "Keycloak", "Twitch",
        ];
        let all = [
            Misconfiguration::Grant,
            Misconfiguration::Type,
            Misconfiguration::Authentication,
            Misconfiguration::Client,
            Misconfiguration::Scope,
            Misconfiguration::Audience,
            Misconfiguration::Access,
            Misconfiguration::Offline,
            Misconfiguration::Pkce,
            Misconfiguration::Registration,
        ];
        for switch in all {
            for server in PROVIDERS {
                let words = of_switch(switch, server);
                assert!(words.ends_with('.'), "{words}");
                for console in consoles.iter().filter(|name| words.contains(**name)) {
                    let own = match server.name {
                        "microsoft" => "entra",
                        other => other,
                    };
                    assert_eq!(console.to_lowercase(), own, "{switch:?}: {words}");
                }
            }
        }
        let auth0 = |switch| of_switch(switch, &provider::AUTH0);
        assert!(auth0(Misconfiguration::Type).contains("Native"));
        assert!(auth0(Misconfiguration::Authentication).contains("None"));
        assert!(auth0(Misconfiguration::Access).contains("Application Access"));
        assert!(auth0(Misconfiguration::Offline).contains("Allow Offline Access"));
    }

    #[test]
    fn b39_codes_that_nobody_confirmed_may_not_be_allowed() {
        assert!(of_silence(&provider::MICROSOFT).contains("Conditional Access"));
        for server in PROVIDERS {
            let words = of_silence(server);
            assert!(words.contains("may not allow sign-in by code"), "{words}");
        }
    }

    #[test]
    fn an_unknown_audience_is_recognised_by_its_words() {
        let words = of_sign_in(
            &failure(
                Reason::Rejected,
                Some("access_denied"),
                "Service not found: https://api.example.com",
            ),
            &provider::AUTH0,
        );
        assert!(words.hint.contains("audience"), "{}", words.hint);
    }

    #[test]
    fn every_reason_says_what_to_do() {
        for reason in [
            Reason::Denied,
            Reason::Expired,
            Reason::Rejected,
            Reason::Network,
            Reason::Cancelled,
        ] {
            let words = of_sign_in(&failure(reason, None, ""), &provider::OAUTH2);
            assert!(
                !words.title.is_empty() && !words.hint.is_empty(),
                "{reason:?}"
            );
            assert_eq!(words.detail, None);
        }
    }

    #[test]
    fn every_network_failure_says_what_to_do() {
        let all = [
            NetworkFailure::Dns,
            NetworkFailure::Connect,
            NetworkFailure::Tls,
            NetworkFailure::ClockBehind,
            NetworkFailure::Timeout,
            NetworkFailure::Interrupted,
            NetworkFailure::Unavailable,
        ];
        let mut hints: Vec<String> = all
            .iter()
            .map(|failure| {
                let error = device_flow::Error::network(*failure, "os error 111".to_owned());
                of_exchange(&error, &provider::OIDC).hint
            })
            .collect();
        hints.sort();
        hints.dedup();
        assert_eq!(hints.len(), all.len());
    }

    #[test]
    fn what_is_said_goes_by_the_kind_of_the_error_and_not_by_its_words() {
        let ended = |cause| of_sign_in(&GrantError::new(Reason::Rejected, cause), &provider::OIDC);
        let scope = ended(device_flow::Error::OAuth {
            status: 400,
            code: "invalid_scope".to_owned(),
            description: Some("invalid_scope: no such scope".to_owned()),
        });
        assert_eq!(
            scope.hint,
            of_switch(Misconfiguration::Scope, &provider::OIDC)
        );
        let page = ended(device_flow::Error::Unexpected {
            status: 200,
            detail: "an HTML page that says invalid_scope".to_owned(),
            is_page: true,
        });
        assert_eq!(page.title, fl!("words-unexpected-title"));
        let unread = ended(device_flow::Error::Unexpected {
            status: 200,
            detail: "no user_code in the device authorization response".to_owned(),
            is_page: false,
        });
        assert_eq!(unread.title, fl!("words-unread-title"));
        let misfit = ended(device_flow::Error::Misconfigured("type \"mac\"".to_owned()));
        assert_eq!(misfit.hint, fl!("words-misfit"));
        let untrusted = ended(device_flow::Error::IdToken("wrong iss".into()));
        assert_eq!(untrusted.title, fl!("words-id-token-title"));
    }
}
