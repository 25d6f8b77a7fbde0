//! A look at what lies on disk that changes nothing there.

use std::fs::{self, File};
use std::io;
use std::path::PathBuf;

use super::account_file::Content;
use super::{Account, Accounts, Error, permissions};
use crate::oauth;

/// What lies in the file of a profile.
#[derive(Debug, Clone, PartialEq)]
pub enum Inspection {
    /// Nobody has signed in.
    Nobody,
    /// A file that is no account.
    Broken(String),
    /// The session of another issuer or client.
    Foreign {
        /// Its issuer.
        issuer: String,
        /// Its client.
        client_id: String,
    },
    /// A session of this issuer and client.
    SignedIn(Box<Account>),
}

/// What became of a try at the lock of a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lock {
    /// Nobody holds it.
    Free,
    /// Another process holds it: it is refreshing the session, or hangs.
    Held,
    /// There can be no lock, and why.
    Unusable(String),
}

impl Accounts {
    /// Looks at the file of a profile. Unlike [`Accounts::restore`] it repairs nothing and moves nothing.
    ///
    /// # Errors
    /// [`Error::Storage`] when a file is there but may not be read.
    pub fn inspect(&self, client: &oauth::Client, profile: &str) -> Result<Inspection, Error> {
        Ok(match self.account_file(profile).read()? {
            Content::Nothing => Inspection::Nobody,
            Content::Broken(why) => Inspection::Broken(why),
            Content::Account(record) if record.belongs_to(&client.issuer(), client.client_id()) => {
                Inspection::SignedIn(Box::new(record.account(profile, None)))
            }
            Content::Account(record) => Inspection::Foreign {
                issuer: record.issuer,
                client_id: record.client_id,
            },
        })
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

    /// Tries the lock of a profile, without waiting and without making one.
    pub fn try_lock(&self, profile: &str) -> Lock {
        let path = self.account_file(profile).lock_path();
        let file = match permissions::open_now(File::options().read(true), &path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Lock::Free,
            Err(error) => return Lock::Unusable(error.to_string()),
        };
        match file.try_lock() {
            Ok(()) => Lock::Free,
            Err(fs::TryLockError::WouldBlock) => Lock::Held,
            Err(fs::TryLockError::Error(error)) => Lock::Unusable(error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::account_record::tests::record;
    use super::*;

    fn client() -> oauth::Client {
        let provider = "preset = 'oidc'\nissuer = 'https://other.example'\nclient_id = 'c'";
        toml::from_str::<crate::config::Provider>(provider)
            .unwrap()
            .client()
            .unwrap()
    }

    #[test]
    fn a_broken_file_stays_where_it_is() {
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(&home.path().join("vestibule"), &home.path().join("cache"));
        let inspect = || accounts.inspect(&client(), "default").unwrap();
        assert_eq!(inspect(), Inspection::Nobody);
        assert!(!home.path().join("vestibule").exists());
        accounts.can_write("default").unwrap();
        fs::write(accounts.file("default"), "{").unwrap();
        assert!(matches!(inspect(), Inspection::Broken(_)));
        assert!(accounts.file("default").exists());
        accounts.account_file("default").write(&record(1)).unwrap();
        assert!(matches!(inspect(), Inspection::Foreign { .. }));
    }

    #[tokio::test]
    async fn a_lock_that_is_held_is_seen_and_not_taken() {
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(home.path(), &home.path().join("cache"));
        assert_eq!(accounts.try_lock("default"), Lock::Free);
        let state = accounts.account_file("default").lock().await.unwrap();
        assert_eq!(accounts.try_lock("default"), Lock::Held);
        drop(state);
        assert_eq!(accounts.try_lock("default"), Lock::Free);
    }
}
