//! Where a sign-in is kept: on a profile that was named, or beside those who are here already.

use std::fs::TryLockError;

use super::account_file::AccountFile;
use super::account_record::AccountRecord;
use super::lock::LockGuard;
use super::{Accounts, Error};

/// What names of accounts that were added on the screen begin with.
const ADDED: &str = "account-";

/// More accounts than a household has; beyond it, something keeps every name from being used.
const MOST: u32 = 1000;

/// Held while a place beside the others is looked for, so that two who sign in at once as the same person
/// do not take two. No profile's name begins with a dot.
const LOOKING: &str = ".adding";

/// Where a new session is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// On this profile, in place of the account that is there.
    Profile(String),
    /// Beside the others. A person who is signed in already gets the new session in place of the old one;
    /// a new person gets the first name that is free, this one before the others.
    Beside(String),
    /// Nowhere: the session of a guest is in memory alone. Where this says, once they want to stay.
    Guest(Box<Self>),
}

/// A place that was found, locked until the account is written.
#[derive(Debug)]
pub(super) struct Claim {
    pub(super) file: AccountFile,
    _account: Option<LockGuard>,
    _looking: Option<LockGuard>,
}

impl Destination {
    /// Whether a session could be kept here now. Makes the folder where it is missing.
    ///
    /// # Errors
    /// [`Error::Storage`] with what is in the way, and where.
    pub async fn can_be_kept(&self, accounts: &Accounts) -> Result<(), Error> {
        // Not even a rehearsal is written for a guest.
        if matches!(self, Self::Guest(_)) {
            return Ok(());
        }
        let (destination, accounts) = (self.clone(), accounts.clone());
        let rehearsed = tokio::task::spawn_blocking(move || destination.rehearse(&accounts)).await;
        // Nothing is known where the program ends meanwhile.
        rehearsed.unwrap_or(Ok(()))
    }

    fn rehearse(&self, accounts: &Accounts) -> Result<(), Error> {
        let file = self.fallback(accounts);
        let locked = match self {
            Self::Profile(_) => {
                file.can_write()?;
                file
            }
            // Whatever lies there, another name is taken then.
            Self::Beside(_) => {
                file.can_be_made()?;
                accounts.account_file(LOOKING)
            }
            Self::Guest(there) => return there.rehearse(accounts),
        };
        match locked.try_lock() {
            Ok(_) | Err(TryLockError::WouldBlock) => Ok(()),
            Err(TryLockError::Error(error)) => Err(Error::storage(&locked.lock_path(), error)),
        }
    }

    /// The file to use where no lock can be had.
    pub(super) fn fallback(&self, accounts: &Accounts) -> AccountFile {
        match self {
            Self::Profile(profile) | Self::Beside(profile) => accounts.account_file(profile),
            Self::Guest(there) => there.fallback(accounts),
        }
    }

    /// Finds and locks the place for `new`.
    pub(super) async fn claim(
        &self,
        accounts: &Accounts,
        new: &AccountRecord,
    ) -> Result<Claim, Error> {
        let preferred = match self {
            Self::Profile(profile) => {
                let file = accounts.account_file(profile);
                return Ok(Claim {
                    _account: file.lock().await?,
                    _looking: None,
                    file,
                });
            }
            Self::Beside(preferred) => preferred,
            // There is no guest within a guest.
            Self::Guest(there) => return Box::pin(there.claim(accounts, new)).await,
        };
        let looking = accounts.account_file(LOOKING).lock().await?;
        for profile in accounts.profiles() {
            let file = accounts.account_file(&profile);
            if !holds(&file, new) {
                continue;
            }
            let lock = file.lock().await?;
            // It may have been signed out while we waited.
            if holds(&file, new) {
                return Ok(Claim {
                    file,
                    _account: lock,
                    _looking: looking,
                });
            }
        }
        let added = (2..=MOST).map(|number| format!("{ADDED}{number}"));
        for profile in std::iter::once(preferred.clone()).chain(added) {
            let file = accounts.account_file(&profile);
            if !file.is_free() {
                continue;
            }
            let Ok(lock) = file.try_lock() else {
                continue;
            };
            if file.is_free() {
                return Ok(Claim {
                    file,
                    _account: lock,
                    _looking: looking,
                });
            }
        }
        Err(Error::storage(
            &accounts.folder(),
            "no name is left for another account",
        ))
    }
}

/// Whether the account in `file` is that of the person in `new`. A server that tells no subject leaves that
/// open, and then no account is replaced.
fn holds(file: &AccountFile, new: &AccountRecord) -> bool {
    !new.subject.is_empty() && matches!(file.read(), Ok(Some(found)) if found.same_account(new))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::account_record::tests::record;
    use super::*;

    fn of(subject: &str) -> AccountRecord {
        AccountRecord {
            subject: subject.to_owned(),
            ..record(1)
        }
    }

    /// Signs `subject` in beside the others; tells on which profile.
    async fn add(accounts: &Accounts, subject: &str) -> String {
        let destination = Destination::Beside("default".to_owned());
        let claim = destination.claim(accounts, &of(subject)).await.unwrap();
        claim.file.write(&of(subject)).unwrap();
        claim.file.profile().to_owned()
    }

    #[tokio::test]
    async fn everybody_gets_a_name_of_their_own_and_keeps_it() {
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(home.path(), &home.path().join("cache"));
        assert_eq!(add(&accounts, "ada").await, "default");
        assert_eq!(add(&accounts, "kofi").await, "account-2");
        assert_eq!(add(&accounts, "mei").await, "account-3");
        assert_eq!(add(&accounts, "kofi").await, "account-2", "again");
        accounts.account_file("account-2").remove().unwrap();
        assert_eq!(add(&accounts, "rafael").await, "account-2", "free again");
        assert_eq!(accounts.profiles().len(), 3);
        for name in accounts.profiles() {
            assert_eq!(super::super::profile_name(&name).as_ref(), Ok(&name));
        }
    }

    #[tokio::test]
    async fn what_lies_under_a_name_is_never_overwritten() {
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(home.path(), &home.path().join("cache"));
        assert_eq!(add(&accounts, "ada").await, "default");
        fs::write(accounts.file("account-2"), "{").unwrap();
        fs::create_dir(accounts.file("account-3")).unwrap();
        std::os::unix::fs::symlink("nowhere", accounts.file("account-4")).unwrap();
        let mut foreign = of("kofi");
        foreign.issuer = "https://other.example/".to_owned();
        accounts.account_file("account-5").write(&foreign).unwrap();
        assert_eq!(add(&accounts, "kofi").await, "account-6");
    }

    #[tokio::test]
    async fn without_a_subject_nobody_is_replaced() {
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(home.path(), &home.path().join("cache"));
        assert_eq!(add(&accounts, "").await, "default");
        assert_eq!(add(&accounts, "").await, "account-2");
    }

    #[tokio::test]
    async fn a_name_that_another_process_is_taking_is_passed_over() {
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(home.path(), &home.path().join("cache"));
        let other = accounts.account_file("default").lock().await.unwrap();
        assert_eq!(add(&accounts, "ada").await, "account-2");
        drop(other);
        assert_eq!(add(&accounts, "kofi").await, "default");
    }

    #[tokio::test]
    async fn two_who_add_the_same_person_at_once_make_one_account() {
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(home.path(), &home.path().join("cache"));
        let (one, other) = tokio::join!(add(&accounts, "ada"), add(&accounts, "ada"));
        assert_eq!(one, other);
        assert_eq!(accounts.profiles(), ["default"]);
    }

    #[tokio::test]
    async fn a_profile_that_was_named_is_taken_as_it_is() {
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(home.path(), &home.path().join("cache"));
        assert_eq!(add(&accounts, "ada").await, "default");
        let destination = Destination::Profile("kitchen".to_owned());
        let claim = destination.claim(&accounts, &of("ada")).await.unwrap();
        assert_eq!(claim.file.profile(), "kitchen");
    }
}
