//! The accounts of this device: which profiles there are, what is in each, and which was used last.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::account_file::{AccountFile, profile_name};
use super::account_state::AccountState;
use super::lock::{self, LockStatus};
use super::pin::{PinState, Pins};
use super::{Account, Error, permissions};
use crate::host::atomic_file;
use crate::host::regular_file::{self, Links};

/// Remembers the profile that was used last. No profile's files have a name without an ending.
const LAST_USED: &str = "last-used";

/// The folder of accounts in the user's config directory.
#[derive(Debug, Clone)]
pub struct Accounts {
    pub(super) config_dir: PathBuf,
    /// The user cache directory, in which each account has a folder for content of its own.
    pub(super) cache_root: PathBuf,
    pins: Pins,
}

/// One profile that "Who is watching?" offers. Accounts of other servers and clients are not listed at all.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// Name on disk.
    pub profile: String,
    /// What is in its file.
    pub state: AccountState,
    /// Whether a PIN is asked for before the account is shown.
    pub has_pin: bool,
}

impl Listed {
    /// The account, where there is one that can be used.
    pub fn account(&self) -> Option<&Account> {
        match &self.state {
            AccountState::SignedIn(account) => Some(account),
            _ => None,
        }
    }
}

impl Accounts {
    /// The accounts under the user config directory `config_dir`, whose content is cached under the user cache
    /// directory `cache_root`.
    pub fn new(config_dir: &Path, cache_root: &Path) -> Self {
        Self {
            config_dir: config_dir.to_owned(),
            cache_root: cache_root.to_owned(),
            pins: Pins::new(config_dir.join("accounts")),
        }
    }

    /// The file of a profile.
    pub fn file(&self, profile: &str) -> PathBuf {
        self.folder().join(format!("{profile}.json"))
    }

    /// Profiles that have a file, in order of name.
    pub fn profiles(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.folder()) else {
            return Vec::new();
        };
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
            .filter(|name| profile_name(name).is_ok())
            .collect();
        names.sort();
        names
    }

    /// Whether it can be told who is here: a folder that cannot be looked into may hold sessions.
    ///
    /// # Errors
    /// [`Error::Storage`] with what the system said.
    pub fn can_be_listed(&self) -> Result<(), Error> {
        let Err(error) = fs::read_dir(self.folder()) else {
            return Ok(());
        };
        let is_absent = error.kind() == ErrorKind::NotFound;
        match regular_file::no_folder(&self.file("default")) {
            None if is_absent => Ok(()),
            in_its_place => Err(Error::storage(
                &self.folder(),
                in_its_place.unwrap_or(error),
            )),
        }
    }

    /// Narrows the modes of the config directory and of what lies in it, best effort.
    pub fn repair_modes(&self) {
        permissions::repair(&self.config_dir);
    }

    pub(super) fn account_file(&self, profile: &str) -> AccountFile {
        AccountFile::new(self.folder(), self.cache_root.clone(), profile)
    }

    /// The folder that they are in.
    pub fn folder(&self) -> PathBuf {
        self.config_dir.join("accounts")
    }

    /// The PINs of the accounts.
    pub fn pins(&self) -> &Pins {
        &self.pins
    }

    /// What is in the file of a profile. Unlike [`Session::restore`](super::Session::restore) it repairs and moves
    /// nothing.
    ///
    /// # Errors
    /// [`Error::Storage`] when a file is there but cannot be read.
    pub fn state(
        &self,
        client: &device_flow::Client,
        profile: &str,
    ) -> Result<AccountState, Error> {
        let file = self.account_file(profile);
        AccountState::of(file.read(), &file.path(), client, |record| {
            Box::new(record.account(profile, None))
        })
    }

    /// How the lock of a profile is found.
    pub fn lock_status(&self, profile: &str) -> LockStatus {
        lock::status(&self.account_file(profile).lock_path())
    }

    /// Files and folders of the config directory that others than their owner may use, with their modes.
    pub fn open_to_others(&self) -> Vec<(PathBuf, u32)> {
        permissions::wide(&self.config_dir)
    }

    /// Whether a session could be written now. Makes the folder where it is missing.
    ///
    /// # Errors
    /// [`Error::Storage`] with what the system said.
    pub fn can_write(&self, profile: &str) -> Result<(), Error> {
        self.account_file(profile).can_write()
    }

    /// Every account of this issuer and client, in the order in which they signed in; broken files after them.
    ///
    /// Repairs modes, moves nothing, waits for no lock. Reads files: not for the thread of the screen.
    pub fn list(&self, client: &device_flow::Client) -> Vec<Listed> {
        self.repair_modes();
        let mut listed: Vec<Listed> = self
            .profiles()
            .into_iter()
            .filter_map(|profile| {
                let state = self.state(client, &profile);
                let state = state.unwrap_or_else(|error| AccountState::Broken {
                    file: self.file(&profile),
                    why: error.to_string(),
                });
                let has_pin = match &state {
                    AccountState::SignedOut | AccountState::Foreign { .. } => return None,
                    AccountState::SignedIn(account) => self.pins.state(account) != PinState::NotSet,
                    AccountState::Broken { why, .. } => {
                        tracing::warn!(profile, why, "an account file cannot be used");
                        false
                    }
                };
                Some(Listed {
                    profile,
                    state,
                    has_pin,
                })
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
        let path = self.folder().join(LAST_USED);
        let text = regular_file::read_text(&path, 1024, Links::Refused).ok()?;
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
        let removed = atomic_file::remove(&self.folder().join(LAST_USED));
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
        file.set_broken_aside()?
            .ok_or_else(|| Error::storage(&file.path(), "it is not broken any more"))
    }
}

#[cfg(test)]
mod tests {
    use super::super::Pin;
    use super::super::account_record::tests::record;
    use super::*;

    fn client(issuer: &str) -> device_flow::Client {
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
        accounts.pins().set(&ada, &Pin::new([1, 2, 3, 4])).unwrap();
        let pins: Vec<_> = accounts
            .list(&client)
            .iter()
            .map(|listed| listed.has_pin)
            .collect();
        assert_eq!(pins, [true, false]);
        // Somebody else on the same profile is not asked for the PIN of the one before.
        put(&accounts, "default", "mei", 1);
        assert!(!accounts.list(&client)[0].has_pin);
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

    #[test]
    fn a_broken_file_stays_where_it_is() {
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(&home.path().join("vestibule"), &home.path().join("cache"));
        let state = || {
            accounts
                .state(&client("https://other.example"), "default")
                .unwrap()
        };
        assert_eq!(state(), AccountState::SignedOut);
        assert!(!home.path().join("vestibule").exists());
        accounts.can_write("default").unwrap();
        fs::write(accounts.file("default"), "{").unwrap();
        assert!(matches!(state(), AccountState::Broken { .. }));
        assert!(accounts.file("default").exists());
        accounts.account_file("default").write(&record(1)).unwrap();
        assert!(matches!(state(), AccountState::Foreign { .. }));
    }
}
