//! The events of `sign-in --json`, member by member as the contract has them.

use std::time::{Duration, SystemTime};

use serde::Serialize;

use crate::session::Account;
use device_flow::{GrantError, PollResult, Reason, UserCode};

/// One line.
#[derive(Debug, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(super) enum Event<'a> {
    Code {
        user_code: &'a str,
        verification_uri: &'a str,
        verification_uri_complete: Option<&'a str>,
        expires_in: u64,
        interval: Seconds,
    },
    Poll {
        result: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        status: Option<u16>,
        #[serde(skip_serializing_if = "Option::is_none")]
        detail: Option<&'a str>,
        next_in: f64,
    },
    SignedIn {
        subject: Option<&'a str>,
        name: Option<&'a str>,
        scopes: &'a [String],
        /// Those of them that were not asked for.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        unasked_scopes: Vec<String>,
        expires_in: Option<u64>,
        refreshable: bool,
        kept: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        not_remembered: Option<&'a str>,
    },
    Failed {
        reason: &'static str,
        error: Option<&'a str>,
        detail: &'a str,
    },
}

/// Seconds, written without a fraction where there is none.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Seconds {
    Whole(u64),
    Fraction(f64),
}

impl From<Duration> for Seconds {
    fn from(duration: Duration) -> Self {
        if duration.subsec_millis() == 0 {
            Self::Whole(duration.as_secs())
        } else {
            Self::Fraction(rounded(duration))
        }
    }
}

impl<'a> Event<'a> {
    pub(super) fn code(code: &'a UserCode, expires_in: Duration, interval: Duration) -> Self {
        Self::Code {
            user_code: &code.user_code,
            verification_uri: &code.verification_uri,
            verification_uri_complete: code.verification_uri_complete.as_deref(),
            expires_in: expires_in.as_secs(),
            interval: interval.into(),
        }
    }

    pub(super) fn poll(
        result: &PollResult,
        status: Option<u16>,
        detail: Option<&'a str>,
        next_in: Duration,
    ) -> Self {
        Self::Poll {
            result: match result {
                PollResult::AuthorizationPending => "authorization_pending",
                PollResult::SlowDown => "slow_down",
                PollResult::NetworkError => "network_error",
            },
            status,
            detail,
            next_in: rounded(next_in),
        }
    }

    pub(super) fn signed_in(account: &'a Account, asked: &[String], now: SystemTime) -> Self {
        Self::SignedIn {
            subject: Some(account.subject.as_str()).filter(|subject| !subject.is_empty()),
            name: account.name.as_deref(),
            scopes: &account.scopes,
            unasked_scopes: account.unasked_scopes(asked),
            expires_in: account.access_expires_at.map(|end| {
                // Begun seconds count: the account keeps whole ones, and moments have passed since.
                end.duration_since(now).map_or(0, |left| {
                    left.as_secs() + u64::from(left.subsec_nanos() > 0)
                })
            }),
            refreshable: account.refreshable,
            kept: account.not_remembered.is_none(),
            not_remembered: account.not_remembered.as_deref(),
        }
    }

    /// No session could be kept, so that no person is asked to sign in.
    pub(super) fn unkept(detail: &'a str) -> Self {
        Self::cannot_begin("storage", detail)
    }

    /// Something else is in the way of any sign-in.
    pub(super) fn cannot_begin(reason: &'static str, detail: &'a str) -> Self {
        Self::Failed {
            reason,
            error: None,
            detail,
        }
    }

    pub(super) fn failed(failure: &'a GrantError) -> Self {
        Self::Failed {
            reason: match failure.reason {
                Reason::Denied => "denied",
                Reason::Expired => "expired",
                Reason::Rejected => "rejected",
                Reason::Network => "network",
                Reason::Cancelled => "cancelled",
            },
            error: failure.code(),
            detail: &failure.detail,
        }
    }
}

/// Seconds to the millisecond: more digits would only be noise.
fn rounded(duration: Duration) -> f64 {
    (duration.as_secs_f64() * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(event: &Event<'_>) -> String {
        serde_json::to_string(event).unwrap()
    }

    #[test]
    fn every_line_is_as_in_the_contract() {
        let code = |complete: Option<&str>| UserCode {
            user_code: "QTZL-MCBW".to_owned(),
            verification_uri: "https://a.example/activate".to_owned(),
            verification_uri_complete: complete.map(str::to_owned),
            message: None,
        };
        let [minutes, five] = [900, 5].map(Duration::from_secs);
        assert_eq!(
            json(&Event::code(
                &code(Some("https://a.example/activate?c=1")),
                minutes,
                five
            )),
            r#"{"event":"code","user_code":"QTZL-MCBW","verification_uri":"https://a.example/activate","verification_uri_complete":"https://a.example/activate?c=1","expires_in":900,"interval":5}"#
        );
        assert!(
            json(&Event::code(
                &code(None),
                minutes,
                Duration::from_millis(1500)
            ))
            .ends_with(r#""verification_uri_complete":null,"expires_in":900,"interval":1.5}"#)
        );
        let poll = |result: PollResult, status, detail, seconds| {
            json(&Event::poll(
                &result,
                status,
                detail,
                Duration::from_secs_f64(seconds),
            ))
        };
        assert_eq!(
            poll(PollResult::AuthorizationPending, Some(403), None, 6.0),
            r#"{"event":"poll","result":"authorization_pending","status":403,"next_in":6.0}"#
        );
        assert_eq!(
            poll(PollResult::SlowDown, Some(429), None, 12.000_4),
            r#"{"event":"poll","result":"slow_down","status":429,"next_in":12.0}"#
        );
        assert_eq!(
            poll(
                PollResult::NetworkError,
                None,
                Some("connection refused"),
                24.0
            ),
            r#"{"event":"poll","result":"network_error","detail":"connection refused","next_in":24.0}"#
        );
        let failure = GrantError {
            reason: Reason::Denied,
            cause: Some(device_flow::Error::OAuth {
                status: 400,
                code: "access_denied".to_owned(),
                description: None,
            }),
            detail: "no".to_owned(),
        };
        assert_eq!(
            json(&Event::failed(&failure)),
            r#"{"event":"failed","reason":"denied","error":"access_denied","detail":"no"}"#
        );
    }

    #[test]
    fn signed_in_tells_what_the_server_said_and_no_token() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let mut account = Account {
            profile: "default".to_owned(),
            issuer: "https://a.example/".to_owned(),
            client_id: "c".to_owned(),
            subject: "auth0|123".to_owned(),
            name: Some("Ada Lovelace".to_owned()),
            email: None,
            picture: None,
            claims: serde_json::Map::new(),
            scopes: vec!["openid".to_owned(), "profile".to_owned()],
            signed_in_at: now,
            refreshed_at: None,
            access_expires_at: Some(now + Duration::from_millis(86_399_100)),
            refreshable: true,
            static_refresh_token: false,
            not_remembered: None,
            guest: false,
        };
        let asked = ["openid".to_owned(), "profile".to_owned()];
        assert_eq!(
            json(&Event::signed_in(&account, &asked, now)),
            r#"{"event":"signed_in","subject":"auth0|123","name":"Ada Lovelace","scopes":["openid","profile"],"expires_in":86400,"refreshable":true,"kept":true}"#
        );
        account.scopes.push("admin".to_owned());
        assert!(json(&Event::signed_in(&account, &asked, now)).contains(
            r#""scopes":["openid","profile","admin"],"unasked_scopes":["admin"],"expires_in""#
        ));
        let asked = account.scopes.clone();
        account.subject.clear();
        account.access_expires_at = None;
        account.not_remembered = Some("read-only".to_owned());
        assert!(json(&Event::signed_in(&account, &asked, now)).ends_with(
            r#""expires_in":null,"refreshable":true,"kept":false,"not_remembered":"read-only"}"#
        ));
        assert_eq!(
            json(&Event::unkept("no space")),
            r#"{"event":"failed","reason":"storage","error":null,"detail":"no space"}"#
        );
    }
}
