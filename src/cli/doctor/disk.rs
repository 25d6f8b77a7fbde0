//! What lies on this box: the config directory, its modes, the session and its lock.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use super::super::Exit;
use super::super::context::foreign;
use super::fix;
use super::report::Check;
use crate::checks::span;
use crate::config::Remember;
use crate::host::file_access;
use crate::session::{Account, AccountState, Accounts, LockStatus};
use device_flow::Client;

const DIRECTORY: &str = "config_dir";
const PERMISSIONS: &str = "permissions";
const SESSION: &str = "session";
const LOCK: &str = "lock";
const LEFT_OVER: &str = "left_over";
const REFRESH_TOKEN: &str = "refresh_token";
const SCOPES: &str = "scopes";

/// The session's checks, for where there is no client to whom one could belong.
pub(super) const OF_THE_SESSION: [&str; 2] = [SESSION, LOCK];

/// Whether others may use what is the owner's alone, and whether a session could be written. Looks at
/// the modes first: the next start repairs them.
pub(super) fn folder(accounts: &Accounts, config_dir: &Path, profile: &str) -> Vec<Check> {
    let modes = modes(accounts);
    let written = match accounts.can_write(profile) {
        Ok(()) => Check::ok(
            DIRECTORY,
            format!("{} can be written", config_dir.display()),
        ),
        Err(error) => Check::failed(
            DIRECTORY,
            Exit::Unexpected,
            error.to_string(),
            "give this user a config directory it can write (owner, mode, free space, read-only file system): without \
             one, every power-on needs a new sign-in",
        ),
    };
    let mut checks = vec![written, modes];
    checks.extend(left_over(&accounts.left_over()));
    checks
}

/// What is left of former sessions, where something is.
fn left_over(found: &[PathBuf]) -> Option<Check> {
    let list: Vec<_> = found
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    (!list.is_empty()).then(|| {
        Check::warning(
            LEFT_OVER,
            format!("of former sessions, and may hold tokens or content: {}", list.join(", ")),
            "vestibule sign-out --all removes them, and revokes what can be revoked; the next start removes what was \
             not kept aside on purpose",
        )
    })
}

fn modes(accounts: &Accounts) -> Check {
    let open = accounts.open_to_others();
    let files = accounts.profiles().into_iter();
    let files = files.map(|profile| accounts.file(&profile));
    let foreign: Vec<_> = std::iter::once(accounts.folder())
        .chain(files)
        .filter_map(|path| file_access::of_another_user(&path))
        .collect();
    if !foreign.is_empty() {
        return Check::warning(
            PERMISSIONS,
            foreign.join(", "),
            "chown them to this user: whoever owns them reads the tokens, or replaces them",
        );
    }
    if open.is_empty() {
        return Check::ok(PERMISSIONS, "for their owner alone");
    }
    let list: Vec<_> = open
        .iter()
        .map(|(path, mode)| format!("{} has mode {mode:04o}", path.display()))
        .collect();
    Check::warning(
        PERMISSIONS,
        format!("other users may read: {}", list.join(", ")),
        "chmod 600 the files and 700 the folders; the program also does so whenever it starts. If others use this box, \
         sign out and in again: the tokens may have been read",
    )
}

/// The session of a profile and its lock.
pub(super) fn session(
    accounts: &Accounts,
    client: &Client,
    profile: &str,
    remember: Remember,
) -> Vec<Check> {
    let inspected = accounts.state(client, profile);
    let session = match &inspected {
        Ok(AccountState::SignedIn(account)) => signed_in(client, account, SystemTime::now()),
        Ok(AccountState::SignedOut) if remember == Remember::Never => Check::ok(
            SESSION,
            format!(
                "nobody is kept on profile \"{profile}\", as [sign_in] remember = \"never\" has it; guests are in the \
                 memory of the kiosk"
            ),
        ),
        Ok(AccountState::SignedOut) => Check::warning(
            SESSION,
            format!("nobody is signed in on profile \"{profile}\""),
            "sign in with: vestibule sign-in",
        ),
        Ok(AccountState::Foreign { issuer, client_id }) => Check::warning(
            SESSION,
            foreign(profile, issuer, client_id),
            "take another --profile, or sign in here to replace it",
        ),
        Ok(AccountState::Broken { file, why }) => Check::warning(
            SESSION,
            format!("{}: {why}", file.display()),
            "sign in again; the file is kept beside under another name when the program starts",
        ),
        Err(error) => Check::failed(
            SESSION,
            Exit::Unexpected,
            error.to_string(),
            "make the file readable for this user, or remove it and sign in again",
        ),
    };
    let lock = match accounts.lock_status(profile) {
        LockStatus::Free => Check::ok(LOCK, "free"),
        LockStatus::Held => Check::warning(
            LOCK,
            "another process is at work with this account",
            "nothing, unless it stays so for more than two minutes: then end that process",
        ),
        LockStatus::Unusable(why) => Check::warning(
            LOCK,
            why,
            "make the lock file usable for this user, on a file system that has locks (flock): without it two programs \
             could refresh at once, which some servers take for a theft. One program alone needs none",
        ),
    };
    let mut checks = vec![session, lock];
    if let Ok(AccountState::SignedIn(account)) = &inspected {
        checks.extend(static_refresh_token(client, account));
        checks.extend(unasked_scopes(client, account));
    }
    checks
}

/// A refresh token that is good for whoever copies it, where it is one.
fn static_refresh_token(client: &Client, account: &Account) -> Option<Check> {
    (account.static_refresh_token && !client.is_confidential()).then(|| {
        Check::warning(
            REFRESH_TOKEN,
            "the server neither replaces the refresh token when it is used nor binds it to a key of this device: \
             whoever copies it stays signed in, and nobody notices (RFC 9700 section 2.2.2)",
            "switch refresh token rotation on for this client at the server, or give it tokens that are bound to a key \
             (DPoP) and set provider.dpop = \"require\"; then sign out and in again",
        )
    })
}

/// What the server has granted on top of what was asked for, where it has.
fn unasked_scopes(client: &Client, account: &Account) -> Option<Check> {
    let more = account.unasked_scopes(client.scopes());
    (!more.is_empty()).then(|| {
        Check::warning(
            SCOPES,
            format!("granted and not asked for: {}", more.join(" ")),
            "have the server grant this client no more than it asks for; or write what is needed at provider.scopes, and \
             sign in again",
        )
    })
}

fn signed_in(client: &Client, account: &Account, now: SystemTime) -> Check {
    let ago = |time: SystemTime| match now.duration_since(time) {
        Ok(since) if since < Duration::from_secs(1) => "just now".to_owned(),
        Ok(since) => format!("{} ago", span(since)),
        Err(_) => "at a time this clock has not reached".to_owned(),
    };
    let mut detail = format!("signed in {}", ago(account.signed_in_at));
    if let Some(refreshed) = account.refreshed_at {
        detail.push_str(&format!(", refreshed {}", ago(refreshed)));
    }
    let over = account.access_expires_at.is_some_and(|end| end <= now);
    detail.push_str(match (account.refreshable, over) {
        (true, _) => "; can be refreshed",
        (false, false) => "; cannot be refreshed: ends with its access token",
        (false, true) => "; its access token is over and cannot be refreshed",
    });
    let asked = client.scopes();
    let wanted_offline = asked.iter().any(|scope| scope == "offline_access");
    match account.refreshable {
        true => Check::ok(SESSION, detail),
        false if wanted_offline => {
            Check::warning(SESSION, detail, &fix::without_refresh_token(client))
        }
        false => Check::warning(
            SESSION,
            detail,
            "ask for the scope offline_access (or whatever the server gives refresh tokens for) and sign in again",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Provider;

    fn client(more: &str) -> Client {
        let text = format!(
            "preset = 'oidc'\nissuer = 'https://id.example'\nclient_id = 'tv'\nscopes = ['openid']\n{more}"
        );
        toml::from_str::<Provider>(&text).unwrap().client().unwrap()
    }

    fn account(scopes: &[&str], static_refresh_token: bool) -> Account {
        Account {
            profile: "default".to_owned(),
            issuer: "https://id.example".to_owned(),
            client_id: "tv".to_owned(),
            subject: "ada".to_owned(),
            name: None,
            email: None,
            picture: None,
            claims: serde_json::Map::new(),
            scopes: scopes.iter().map(|&scope| scope.to_owned()).collect(),
            signed_in_at: SystemTime::UNIX_EPOCH,
            refreshed_at: None,
            access_expires_at: None,
            refreshable: true,
            static_refresh_token,
            not_remembered: None,
            guest: false,
        }
    }

    #[test]
    fn a_refresh_token_that_anybody_could_copy_is_named() {
        let public = client("");
        let found = static_refresh_token(&public, &account(&["openid"], true)).unwrap();
        assert!(found.detail.contains("RFC 9700"), "{found:?}");
        assert!(found.fix.unwrap().contains("provider.dpop"));
        assert_eq!(
            static_refresh_token(&public, &account(&["openid"], false)),
            None
        );
        // That of a client with a secret is bound to it.
        let folder = tempfile::tempdir().unwrap();
        let secret = folder.path().join("secret");
        std::fs::write(&secret, "s3cret").unwrap();
        let confidential = client(&format!("client_secret_file = '{}'", secret.display()));
        assert_eq!(
            static_refresh_token(&confidential, &account(&["openid"], true)),
            None
        );
    }

    #[test]
    fn scopes_that_were_not_asked_for_are_named() {
        let found = unasked_scopes(&client(""), &account(&["openid", "admin:all"], false));
        assert!(found.unwrap().detail.ends_with(": admin:all"));
        assert_eq!(
            unasked_scopes(&client(""), &account(&["openid"], false)),
            None
        );
    }
}
