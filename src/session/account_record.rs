//! The content of `accounts/NAME.json`.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value};

use super::Account;
use crate::host::regular_file;
use device_flow::dpop::Key;
use device_flow::{Identity, TokenSet};

/// The schema this program writes.
pub(super) const SCHEMA: u32 = 1;

/// One account with its tokens, as it lies on disk. Times are Unix seconds.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct AccountRecord {
    pub(super) schema: u32,
    pub(super) issuer: String,
    pub(super) client_id: String,
    pub(super) subject: String,
    #[serde(default)]
    pub(super) display_name: Option<String>,
    #[serde(default)]
    pub(super) email: Option<String>,
    #[serde(default)]
    pub(super) picture: Option<url::Url>,
    #[serde(default)]
    pub(super) claims: Map<String, Value>,
    #[serde(default)]
    pub(super) scopes: Vec<String>,
    #[serde(default, serialize_with = "plain_option")]
    pub(super) refresh_token: Option<SecretString>,
    /// The one before, kept until the present one has been used, as RFC 6749 section 6 has it.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        serialize_with = "plain_option"
    )]
    pub(super) previous_refresh_token: Option<SecretString>,
    #[serde(serialize_with = "plain")]
    pub(super) access_token: SecretString,
    #[serde(default = "bearer")]
    pub(super) token_type: String,
    /// Thumbprint of the key that the tokens are bound to; it names the key's own file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) dpop_jkt: Option<String>,
    /// That key; `None` also where its file is missing.
    #[serde(skip)]
    pub(super) key: Option<Arc<Key>>,
    #[serde(default)]
    pub(super) access_token_issued_at: u64,
    #[serde(default)]
    pub(super) access_token_expires_at: Option<u64>,
    #[serde(default)]
    pub(super) signed_in_at: u64,
    #[serde(default)]
    pub(super) refreshed_at: Option<u64>,
    /// When a refresh began whose answer never came in: the refresh token may be spent at the server. On disk
    /// before the token is presented, so that a program that was killed meanwhile knows it, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) refresh_begun_at: Option<u64>,
    /// Members a later version wrote; they survive our rewriting the file.
    #[serde(flatten)]
    pub(super) unknown: Unknown,
}

/// Members that this version does not know. Whether they are secrets it does not know either.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Unknown(Map<String, Value>);

impl fmt::Debug for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.keys()).finish()
    }
}

/// Why the bytes of an account file are no account.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unreadable {
    /// Position only: the parser's message could quote a token.
    #[error("not a valid account file (line {line}, column {column})")]
    Syntax { line: usize, column: usize },
    #[error("written by a later version (schema {0})")]
    Later(u64),
}

impl AccountRecord {
    /// A fresh sign-in.
    pub(super) fn new(
        issuer: String,
        client_id: String,
        identity: Identity,
        tokens: TokenSet,
        asked: &[String],
        now: SystemTime,
    ) -> Self {
        let now = unix(now);
        Self {
            schema: SCHEMA,
            issuer,
            client_id,
            subject: identity.subject,
            display_name: identity.name,
            email: identity.email,
            picture: identity.picture,
            claims: identity.claims,
            scopes: granted(tokens.scopes, asked),
            refresh_token: tokens.refresh_token,
            previous_refresh_token: None,
            access_token: tokens.access_token,
            token_type: tokens.token_type,
            dpop_jkt: tokens.key.as_ref().map(|key| key.thumbprint().to_owned()),
            key: tokens.key,
            access_token_issued_at: now,
            access_token_expires_at: expiry(now, tokens.expires_in),
            signed_in_at: now,
            refreshed_at: None,
            refresh_begun_at: None,
            unknown: Unknown::default(),
        }
    }

    /// The same account with the tokens of a refresh. Without a new refresh token the old one stays
    /// (RFC 6749 section 6); with one, the old one becomes the previous.
    pub(super) fn refreshed(&self, tokens: TokenSet, now: SystemTime) -> Self {
        let now = unix(now);
        let (refresh_token, previous_refresh_token) = match tokens.refresh_token {
            Some(new) if !self.holds_refresh_token(&new) => (Some(new), self.refresh_token.clone()),
            Some(_) | None => (
                self.refresh_token.clone(),
                self.previous_refresh_token.clone(),
            ),
        };
        Self {
            scopes: granted(tokens.scopes, &self.scopes),
            refresh_token,
            previous_refresh_token,
            access_token: tokens.access_token,
            token_type: tokens.token_type,
            access_token_issued_at: now,
            access_token_expires_at: expiry(now, tokens.expires_in),
            refreshed_at: Some(now),
            refresh_begun_at: None,
            ..self.clone()
        }
    }

    /// The same, as it is written before its refresh token is presented. What was in doubt before is so since
    /// then.
    pub(super) fn refreshing(&self, now: SystemTime) -> Self {
        Self {
            refresh_begun_at: self.refresh_begun_at.or(Some(unix(now))),
            ..self.clone()
        }
    }

    /// Reads the content of a file.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Unreadable> {
        #[derive(Deserialize)]
        struct Version {
            schema: u64,
        }
        let syntax = |error: serde_json::Error| Unreadable::Syntax {
            line: error.line(),
            column: error.column(),
        };
        let bytes = regular_file::without_mark(bytes);
        let version: Version = serde_json::from_slice(bytes).map_err(syntax)?;
        if version.schema != u64::from(SCHEMA) {
            return Err(Unreadable::Later(version.schema));
        }
        serde_json::from_slice(bytes).map_err(syntax)
    }

    /// Whether both hold the same access token, that is: no refresh came in between.
    pub(super) fn same_tokens(&self, other: &Self) -> bool {
        self.holds_access_token(&other.access_token)
    }

    /// Whether both know the same of the tokens: no refresh came in between, whole or cut off.
    pub(super) fn knows_the_same(&self, other: &Self) -> bool {
        self.same_tokens(other) && self.refresh_begun_at == other.refresh_begun_at
    }

    pub(super) fn holds_access_token(&self, token: &SecretString) -> bool {
        same(&self.access_token, token)
    }

    fn holds_refresh_token(&self, token: &SecretString) -> bool {
        self.refresh_token
            .as_ref()
            .is_some_and(|state| same(state, token))
    }

    /// Whether both are of the same person at the same server with the same client.
    pub(super) fn same_account(&self, other: &Self) -> bool {
        self.belongs_to(&other.issuer, &other.client_id)
            && self.subject == other.subject
            // Where the server tells no subject, the next sign-in may be of another person.
            && (!self.subject.is_empty() || self.signed_in_at == other.signed_in_at)
    }

    /// The same where a server does not always tell who it is: an account without a subject may be of the same person.
    pub(super) fn may_be_of_the_same_person(&self, other: &Self) -> bool {
        self.belongs_to(&other.issuer, &other.client_id)
            && (self.subject == other.subject
                || self.subject.is_empty()
                || other.subject.is_empty())
    }

    pub(super) fn belongs_to(&self, issuer: &str, client_id: &str) -> bool {
        // A slash at the end makes no other server of an address, for this purpose: an owner adds or removes it when
        // the server's own spelling turns out to be another. What `iss` of a token says is compared to the letter.
        let bare = |issuer: &str| issuer.trim_end_matches('/').to_owned();
        bare(&self.issuer) == bare(issuer) && self.client_id == client_id
    }

    /// Whether a refresh has left the refresh token as it was, and no key is bound to it.
    fn has_static_refresh_token(&self) -> bool {
        self.refresh_token.is_some()
            && self.refreshed_at.is_some()
            && self.previous_refresh_token.is_none()
            && self.dpop_jkt.is_none()
    }

    /// What may be shown.
    pub(super) fn account(&self, profile: &str, not_remembered: Option<String>) -> Account {
        Account {
            profile: profile.to_owned(),
            issuer: self.issuer.clone(),
            client_id: self.client_id.clone(),
            subject: self.subject.clone(),
            name: self.display_name.clone(),
            email: self.email.clone(),
            picture: self.picture.clone(),
            claims: self.claims.clone(),
            scopes: self.scopes.clone(),
            signed_in_at: time(self.signed_in_at),
            refreshed_at: self.refreshed_at.map(time),
            access_expires_at: self.access_token_expires_at.map(time),
            refreshable: self.refresh_token.is_some(),
            static_refresh_token: self.has_static_refresh_token(),
            not_remembered,
            guest: false,
        }
    }
}

fn same(one: &SecretString, other: &SecretString) -> bool {
    one.expose_secret() == other.expose_secret()
}

/// An absent or empty `scope` means what was asked for (RFC 6749 section 5.1).
fn granted(scopes: Option<Vec<String>>, asked: &[String]) -> Vec<String> {
    scopes
        .filter(|scopes| !scopes.is_empty())
        .unwrap_or_else(|| asked.to_vec())
}

fn expiry(now: u64, expires_in: Option<Duration>) -> Option<u64> {
    expires_in.map(|life| now.saturating_add(life.as_secs()))
}

pub(super) fn unix(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

/// The time of a file's number; one beyond what the system can express becomes the epoch.
pub(super) fn time(unix: u64) -> SystemTime {
    UNIX_EPOCH
        .checked_add(Duration::from_secs(unix))
        .unwrap_or(UNIX_EPOCH)
}

fn bearer() -> String {
    "Bearer".to_owned()
}

fn plain<S: Serializer>(secret: &SecretString, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose_secret())
}

fn plain_option<S: Serializer>(
    secret: &Option<SecretString>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match secret {
        Some(secret) => plain(secret, serializer),
        None => serializer.serialize_none(),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::session::reveal;

    pub(in crate::session) fn tokens(n: u32) -> TokenSet {
        TokenSet {
            access_token: format!("access-{n}").into(),
            token_type: "Bearer".to_owned(),
            refresh_token: Some(format!("refresh-{n}").into()),
            id_token: None,
            expires_in: Some(Duration::from_secs(3600)),
            scopes: None,
            key: None,
        }
    }

    pub(in crate::session) fn record(n: u32) -> AccountRecord {
        AccountRecord::new(
            "https://as.example/".to_owned(),
            "tv".to_owned(),
            Identity {
                subject: "ada".to_owned(),
                name: Some("Ada Lovelace".to_owned()),
                ..Identity::default()
            },
            tokens(n),
            &["openid".to_owned(), "profile".to_owned()],
            time(1_800_000_000),
        )
    }

    fn refresh_token(record: &AccountRecord) -> Option<&str> {
        record.refresh_token.as_ref().map(reveal)
    }

    #[test]
    fn a_file_survives_the_way_to_disk_and_back() {
        let bytes = serde_json::to_vec(&record(1)).unwrap();
        let back = AccountRecord::parse(&bytes).unwrap();
        assert!(back.same_tokens(&record(1)));
        assert_eq!(refresh_token(&back), Some("refresh-1"));
        assert_eq!(back.access_token_expires_at, Some(1_800_003_600));
    }

    #[test]
    fn members_of_a_later_version_survive() {
        let mut value = serde_json::to_value(record(1)).unwrap();
        value["pin_hash"] = "x".into();
        let back = AccountRecord::parse(&serde_json::to_vec(&value).unwrap()).unwrap();
        let again = serde_json::to_value(back.refreshed(tokens(2), time(1))).unwrap();
        assert_eq!(again["pin_hash"], "x");
    }

    #[test]
    fn another_schema_is_not_guessed_at() {
        let mut value = serde_json::to_value(record(1)).unwrap();
        value["schema"] = 2.into();
        let bytes = serde_json::to_vec(&value).unwrap();
        assert_eq!(
            AccountRecord::parse(&bytes).unwrap_err(),
            Unreadable::Later(2)
        );
    }

    #[test]
    fn a_broken_file_is_named_by_position_and_never_quoted() {
        for bytes in [
            &b""[..],
            b"\0\0\0",
            b"{",
            b"[]",
            br#"{"schema":1,"access_token":"SECRET"}"#,
            br#"{"schema":1,"issuer":"i","client_id":"c","subject":"s","access_token":5}"#,
        ] {
            let error = AccountRecord::parse(bytes).unwrap_err();
            assert!(matches!(error, Unreadable::Syntax { .. }));
            assert!(!error.to_string().contains("SECRET"));
        }
    }

    #[test]
    fn a_rotated_token_replaces_the_old_and_keeps_it_as_previous() {
        let next = record(1).refreshed(tokens(2), time(1_800_001_000));
        assert_eq!(refresh_token(&next), Some("refresh-2"));
        assert_eq!(reveal(&next.previous_refresh_token.unwrap()), "refresh-1");
        assert_eq!(next.refreshed_at, Some(1_800_001_000));
        assert_eq!(next.signed_in_at, 1_800_000_000);
    }

    #[test]
    fn without_rotation_the_refresh_token_stays() {
        for same in [None, Some(SecretString::from("refresh-1"))] {
            let next = record(1).refreshed(
                TokenSet {
                    refresh_token: same,
                    ..tokens(2)
                },
                time(1),
            );
            assert_eq!(refresh_token(&next), Some("refresh-1"));
            assert!(next.previous_refresh_token.is_none());
        }
    }

    #[test]
    fn scopes_granted_win_over_scopes_asked() {
        let narrow = TokenSet {
            scopes: Some(vec!["openid".to_owned()]),
            ..tokens(2)
        };
        assert_eq!(record(1).refreshed(narrow, time(1)).scopes, ["openid"]);
        let empty = TokenSet {
            scopes: Some(Vec::new()),
            ..tokens(2)
        };
        assert_eq!(
            record(1).refreshed(empty, time(1)).scopes,
            ["openid", "profile"]
        );
    }

    #[test]
    fn numbers_out_of_range_do_not_panic() {
        let mut odd = record(1);
        odd.access_token_expires_at = Some(u64::MAX);
        odd.signed_in_at = u64::MAX;
        let _ = odd.account("default", None);
        let endless = TokenSet {
            expires_in: Some(Duration::MAX),
            ..tokens(2)
        };
        let _ = odd
            .refreshed(endless, SystemTime::now())
            .account("default", None);
    }

    #[test]
    fn debug_shows_no_token() {
        let text = format!("{:?}", record(7).refreshed(tokens(8), time(1)));
        assert!(!text.contains("access-8") && !text.contains("refresh-"));
    }
}
