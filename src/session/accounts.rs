//! Who is signed in on this device, and who was here last.

use std::fs;
use std::path::PathBuf;

use super::account_file::{Content, profile_name};
use super::{Account, Accounts, Error, PinState, atomic_file, permissions, stale_files};
use crate::oauth;

/// Remembers the profile that was used last. No profile's files have a name without an ending.
const LAST_USED: &str = "last-used";

/// One profile that "Who is watching?" offers.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Name on disk.
    pub profile: String,
    /// What lies there.
    pub found: Found,
}

/// What lies in a profile's file. The accounts of other servers and clients are not listed at all.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// A session of this issuer and client.
    SignedIn {
        /// Whose.
        account: Box<Account>,
        /// Whether a PIN is asked for before it is shown.
        pin: bool,
    },
    /// A file that cannot be used, and why.
    Broken(String),
}

impl Listed {
    /// The account, where there is one that can be used.
    pub fn account(&self) -> Option<&Account> {
        match &self.found {
            Found::SignedIn { account, .. } => Some(account),
            Found::Broken(_) => None,
        }
    }

    /// Whether a PIN is asked for.
    pub fn has_pin(&self) -> bool {
        matches!(self.found, Found::SignedIn { pin: true, .. })
    }
}

impl Accounts {
    /// Everybody of this issuer and client, in the order in which they came; broken files after them.
    ///
    /// Repairs modes, moves nothing, waits for no lock. Reads files: not for the thread of the screen.
    pub fn list(&self, client: &oauth::Client) -> Vec<Listed> {
        permissions::repair(&self.config_dir);
        let (issuer, client_id) = (client.issuer(), client.client_id());
        let mut listed: Vec<Listed> = self
            .profiles()
            .into_iter()
            .filter_map(|profile| {
                let found = match self.account_file(&profile).read() {
                    Ok(Content::Nothing) => return None,
                    Ok(Content::Account(record)) if !record.belongs_to(&issuer, client_id) => {
                        return None;
                    }
                    Ok(Content::Account(record)) => {
                        let account = record.account(&profile, None);
                        Found::SignedIn {
                            pin: self.pin_state(&account) != PinState::NotSet,
                            account: Box::new(account),
                        }
                    }
                    Ok(Content::Broken(why)) => Found::Broken(why),
                    Err(error) => Found::Broken(error.to_string()),
                };
                if let Found::Broken(why) = &found {
                    tracing::warn!(profile, why, "an account file cannot be used");
                }
                Some(Listed { profile, found })
            })
            .collect();
        // Names of profiles are in order already; they decide where this does not.
        listed.sort_by_key(|listed| {
            let since = listed.account().map(|account| account.signed_in_at);
            (since.is_none(), since)
        });
        listed
    }

    /// The profile that was used last, if it is known.
    pub fn last_used(&self) -> Option<String> {
        let text = fs::read_to_string(self.folder().join(LAST_USED)).ok()?;
        profile_name(text.trim()).ok()
    }

    /// Remembers who was here last; best effort.
    pub fn note_use(&self, profile: &str) {
        if self.last_used().as_deref() == Some(profile) {
            return;
        }
        let path = self.folder().join(LAST_USED);
        let prefix = format!(".{LAST_USED}.");
        let content = format!("{profile}\n");
        if let Err(error) = atomic_file::replace(&self.folder(), &path, &prefix, content.as_bytes())
        {
            tracing::warn!(%error, "cannot remember who was here last");
        }
    }

    /// Forgets who was here last; best effort.
    pub(super) fn forget_last_use(&self) {
        let removed = stale_files::remove(&self.folder().join(LAST_USED));
        if let Err(error) = removed {
            tracing::warn!(%error, "the mark of who was here last stays");
        }
    }

    /// Keeps a broken file aside, so that it is not offered any more. Tells where it lies now.
    ///
    /// # Errors
    /// [`Error::Storage`] when it cannot be renamed, is not broken any more, or another process is at work with it.
    pub fn set_aside(&self, profile: &str) -> Result<PathBuf, Error> {
        let file = self.account_file(profile);
        file.set_broken_aside()?.ok_or_else(|| Error::Storage {
            path: file.path().display().to_string(),
            cause: "it is not broken any more".to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Pin;
    use super::super::account_record::tests::record;
    use super::*;

    fn client(issuer: &str) -> oauth::Client {
        let provider = format!("preset = 'oidc'\nissuer = '{issuer}'\nclient_id = 'tv'");
        toml::from_str::<crate::config::Provider>(&provider)
            .unwrap()
            .client()
            .unwrap()
    }

    fn put(accounts: &Accounts, profile: &str, subject: &str, since: u64) {
        let mut account = record(1);
        account.issuer = "https://as.example".to_owned();
        account.subject = subject.to_owned();
        account.signed_in_at = since;
        accounts.account_file(profile).write(&account).unwrap();
    }

    #[test]
    fn an_empty_device_lists_nobody() {
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(&home.path().join("vestibule"), &home.path().join("cache"));
        assert_eq!(accounts.list(&client("https://as.example")), []);
        assert_eq!(accounts.last_used(), None);
        assert!(!home.path().join("vestibule").exists());
    }

    #[test]
    fn everybody_of_this_server_in_the_order_they_came_and_broken_files_last() {
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(home.path(), &home.path().join("cache"));
        put(&accounts, "default", "ada", 300);
        put(&accounts, "account-2", "kofi", 100);
        put(&accounts, "account-10", "mei", 200);
        fs::write(accounts.file("account-3"), "{").unwrap();
        fs::create_dir(accounts.file("account-4")).unwrap();
        fs::write(accounts.file("not a profile"), "{}").unwrap();
        let listed = accounts.list(&client("https://as.example"));
        let names: Vec<_> = listed
            .iter()
            .map(|listed| listed.profile.as_str())
            .collect();
        let expected = [
            "account-2",
            "account-10",
            "default",
            "account-3",
            "account-4",
        ];
        assert_eq!(names, expected);
        assert!(listed[..3].iter().all(|listed| listed.account().is_some()));
        assert!(listed[3..].iter().all(|listed| listed.account().is_none()));
        let elsewhere = accounts.list(&client("https://other.example"));
        assert!(elsewhere.iter().all(|listed| listed.account().is_none()));
        assert_eq!(
            elsewhere.len(),
            2,
            "only what cannot be told: {elsewhere:?}"
        );
    }

    #[test]
    fn a_pin_is_told_for_its_account_alone() {
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(home.path(), &home.path().join("cache"));
        put(&accounts, "default", "ada", 1);
        put(&accounts, "account-2", "kofi", 2);
        let client = client("https://as.example");
        let ada = accounts.list(&client)[0].account().unwrap().clone();
        accounts.set_pin(&ada, &Pin::new([1, 2, 3, 4])).unwrap();
        let pins: Vec<_> = accounts.list(&client).iter().map(Listed::has_pin).collect();
        assert_eq!(pins, [true, false]);
        // Somebody else on the same profile is not asked for the PIN of the one before.
        put(&accounts, "default", "mei", 1);
        assert!(!accounts.list(&client)[0].has_pin());
    }

    #[test]
    fn who_was_here_last_is_remembered() {
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(home.path(), &home.path().join("cache"));
        accounts.note_use("account-2");
        assert_eq!(accounts.last_used().as_deref(), Some("account-2"));
        accounts.note_use("default");
        assert_eq!(accounts.last_used().as_deref(), Some("default"));
        assert_eq!(accounts.profiles(), Vec::<String>::new());
        for nonsense in ["", "../x", "\0", "a b"] {
            fs::write(accounts.folder().join(LAST_USED), nonsense).unwrap();
            assert_eq!(accounts.last_used(), None, "{nonsense:?}");
        }
    }

    #[test]
    fn a_broken_file_that_is_set_aside_is_not_offered_again() {
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(home.path(), &home.path().join("cache"));
        put(&accounts, "default", "ada", 1);
        fs::write(accounts.file("account-2"), "{").unwrap();
        let kept = accounts.set_aside("account-2").unwrap();
        assert_eq!(fs::read(kept).unwrap(), b"{");
        assert_eq!(accounts.list(&client("https://as.example")).len(), 1);
        assert!(accounts.set_aside("account-2").is_err());
    }
}
