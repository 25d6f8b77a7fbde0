//! Who is signed in, without any token.

use std::time::SystemTime;

use aws_lc_rs::digest::{SHA256, digest};
use serde_json::{Map, Value};

use super::account_record::unix;

/// Bytes of the digest in [`Account::key`]: far beyond any chance of two accounts alike.
const KEY_BYTES: usize = 16;

/// What may be shown about a signed-in account. Holds no token.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// Profile the account is kept under (`--profile`).
    pub profile: String,
    /// Issuer that vouches for the subject.
    pub issuer: String,
    /// Client the tokens were given to.
    pub client_id: String,
    /// Subject identifier, empty for plain OAuth 2.0.
    pub subject: String,
    /// Name for the greeting.
    pub name: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Address of a picture.
    pub picture: Option<url::Url>,
    /// Further claims of the ID token and userinfo.
    pub claims: Map<String, Value>,
    /// Scopes granted.
    pub scopes: Vec<String>,
    /// Since when this device is signed in.
    pub signed_in_at: SystemTime,
    /// When the tokens were last refreshed, if they were.
    pub refreshed_at: Option<SystemTime>,
    /// When the access token ends, where the server said so.
    pub access_expires_at: Option<SystemTime>,
    /// Whether there is a refresh token: without one the session ends with the access token.
    pub refreshable: bool,
    /// Whether the server was seen to leave the refresh token as it is when it is used, and has not bound it to a key of
    /// this device: whoever copies it stays signed in (RFC 9700 section 2.2.2).
    pub static_refresh_token: bool,
    /// Why the session could not be written to disk, if so: it then ends with this process.
    pub not_remembered: Option<String>,
    /// Whether it is a guest, of whom nothing is kept: the session ends with the program at the latest.
    pub guest: bool,
}

impl Account {
    /// The name to greet with: name, e-mail, or nothing.
    pub fn display_name(&self) -> Option<&str> {
        self.name
            .as_deref()
            .or(self.email.as_deref())
            .filter(|name| !name.trim().is_empty())
    }

    /// Scopes that the server has granted beyond those `asked` for (RFC 6749 section 3.3 lets it).
    pub fn unasked_scopes(&self, asked: &[String]) -> Vec<String> {
        unasked(&self.scopes, asked)
    }

    /// Names what belongs to this account alone, such as cached content: the same for the same person at the
    /// same server with the same client, whatever the profile is called. Hexadecimal digits, fit for a file's
    /// name.
    ///
    /// Where the server tells no subject, it is unknown whether two sign-ins are of one person: then every
    /// sign-in has a key of its own.
    pub fn key(&self) -> String {
        let mut of = format!("{}\0{}\0", self.issuer, self.client_id);
        if self.subject.is_empty() {
            of.push_str(&format!("\0{}\0{}", self.profile, unix(self.signed_in_at)));
        } else {
            of.push_str(&self.subject);
        }
        let mut key = hex(digest(&SHA256, of.as_bytes()).as_ref());
        key.truncate(2 * KEY_BYTES);
        key
    }
}

/// What is in `granted` and not in `asked`.
pub(super) fn unasked(granted: &[String], asked: &[String]) -> Vec<String> {
    // Google grants `email` and `profile` under their older names.
    const OLDER: &str = "https://www.googleapis.com/auth/userinfo.";
    let is_asked = |scope: &&String| {
        let short = scope.strip_prefix(OLDER).unwrap_or(scope);
        asked.iter().any(|asked| asked == *scope || asked == short)
    };
    let granted = granted.iter().filter(|scope| !is_asked(scope));
    granted.cloned().collect()
}

/// Hexadecimal digits, two a byte.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::super::account_record::AccountRecord;
    use super::super::account_record::tests::{record, tokens};
    use device_flow::TokenSet;

    #[test]
    fn a_scope_that_was_not_asked_for_is_named() {
        let list = |text: &str| -> Vec<String> { text.split(' ').map(str::to_owned).collect() };
        for (granted, asked, named) in [
            ("openid profile", "openid profile email", ""),
            ("openid admin:all", "openid", "admin:all"),
            ("openid Openid", "openid", "Openid"),
            (
                "openid https://www.googleapis.com/auth/userinfo.email",
                "openid email",
                "",
            ),
            (
                "https://www.googleapis.com/auth/userinfo.email",
                "openid",
                "https://www.googleapis.com/auth/userinfo.email",
            ),
        ] {
            let mut account = record(1).account("default", None);
            account.scopes = list(granted);
            assert_eq!(account.unasked_scopes(&list(asked)).join(" "), named);
        }
    }

    #[test]
    fn a_refresh_token_that_is_neither_replaced_nor_bound_is_known_after_its_first_use() {
        let is_static =
            |record: &AccountRecord| record.account("default", None).static_refresh_token;
        let same = || TokenSet {
            refresh_token: None,
            ..tokens(2)
        };
        assert!(!is_static(&record(1)), "nothing is known yet");
        let unchanged = record(1).refreshed(same(), SystemTime::UNIX_EPOCH);
        assert!(is_static(&unchanged));
        assert!(!is_static(
            &record(1).refreshed(tokens(2), SystemTime::UNIX_EPOCH)
        ));
        let mut bound = unchanged.clone();
        bound.dpop_jkt = Some("thumbprint".to_owned());
        let mut without = unchanged;
        without.refresh_token = None;
        assert!(!is_static(&bound) && !is_static(&without));
    }

    #[test]
    fn a_key_is_of_a_person_at_a_server_and_not_of_a_profile() {
        let ada = record(1);
        let key = ada.account("default", None).key();
        assert_eq!(key.len(), 32);
        assert!(key.bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert_eq!(ada.account("kitchen", None).key(), key);
        for other in [
            |account: &mut super::Account| account.subject.push('2'),
            |account: &mut super::Account| account.issuer.push('2'),
            |account: &mut super::Account| account.client_id.push('2'),
        ] {
            let mut account = ada.account("default", None);
            other(&mut account);
            assert_ne!(account.key(), key);
        }
    }

    #[test]
    fn without_a_subject_every_sign_in_is_somebody_else() {
        let mut nobody = record(1);
        nobody.subject.clear();
        let key = nobody.account("default", None).key();
        assert_ne!(nobody.account("kitchen", None).key(), key);
        nobody.signed_in_at += 1;
        assert_ne!(nobody.account("default", None).key(), key);
    }
}
