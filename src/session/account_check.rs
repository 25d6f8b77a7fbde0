//! Whether an account is still the one on disk: asked before anything is done in its name.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::sync::{Arc, Mutex, PoisonError};

use super::account_file::AccountFile;
use super::{Account, Accounts};

/// What tells one file from the next in its place: each is written under a new name and renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    file: (u64, u64, u64),
    modified: (i64, i64),
    changed: (i64, i64),
}

/// What lies in the place of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// The account.
    Same,
    /// Nothing: it was signed out.
    Gone,
    /// Another account.
    Another,
    /// Unknown: the file is broken, or cannot be read now.
    Unclear,
}

/// Knows an account and asks the disk for it. Cheap to clone, and to ask: as long as the same file is in its place,
/// it is not read again.
#[derive(Debug, Clone)]
pub struct AccountCheck {
    account: Arc<Account>,
    key: Arc<str>,
    /// None in tests of what asks.
    file: Option<AccountFile>,
    seen: Arc<Mutex<Option<Stamp>>>,
}

impl Accounts {
    /// Tells whether `account` is still on this device.
    pub fn account_check(&self, account: &Account) -> AccountCheck {
        AccountCheck::of(self.account_file(&account.profile), account.clone())
    }
}

impl AccountCheck {
    pub(super) fn of(file: AccountFile, account: Account) -> Self {
        Self {
            key: account.key().into(),
            account: Arc::new(account),
            file: Some(file),
            seen: Arc::default(),
        }
    }

    /// One that always says yes.
    #[cfg(test)]
    pub(crate) fn assumed(account: &Account) -> Self {
        Self {
            key: account.key().into(),
            account: Arc::new(account.clone()),
            file: None,
            seen: Arc::default(),
        }
    }

    /// Whose account it is about, as it was when this was made.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// Whether the account is on the disk: only then may anything be kept of it.
    pub fn is_present(&self) -> bool {
        self.look() == Presence::Same
    }

    /// Whether the account is gone for certain: then nothing that was kept of it may be used any more.
    pub fn is_gone(&self) -> bool {
        matches!(self.look(), Presence::Gone | Presence::Another)
    }

    /// Looks at the disk.
    pub(super) fn look(&self) -> Presence {
        let Some(file) = &self.file else {
            return Presence::Same;
        };
        let stamp = match fs::metadata(file.path()) {
            Ok(found) => Stamp::of(&found),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Presence::Gone,
            Err(_) => return Presence::Unclear,
        };
        if *self.seen.lock().unwrap_or_else(PoisonError::into_inner) == Some(stamp) {
            return Presence::Same;
        }
        match file.read() {
            Ok(None) => Presence::Gone,
            Ok(Some(found)) => {
                let found = found.account(file.profile(), None);
                if found.key() != *self.key {
                    return Presence::Another;
                }
                *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(stamp);
                Presence::Same
            }
            Err(_) => Presence::Unclear,
        }
    }
}

impl Stamp {
    fn of(found: &fs::Metadata) -> Self {
        Self {
            file: (found.dev(), found.ino(), found.size()),
            modified: (found.mtime(), found.mtime_nsec()),
            changed: (found.ctime(), found.ctime_nsec()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::account_record::tests::{record, tokens};
    use super::*;

    #[test]
    fn a_refresh_is_the_same_account_and_a_sign_out_or_another_person_is_not() {
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(home.path(), &home.path().join("cache"));
        let file = accounts.account_file("default");
        let ada = record(1);
        let account_check = accounts.account_check(&ada.account("default", None));
        assert_eq!(account_check.look(), Presence::Gone);
        file.write(&ada).unwrap();
        assert_eq!(account_check.look(), Presence::Same);
        let refreshed = ada.refreshed(tokens(2), std::time::SystemTime::now());
        assert!(file.rewrite(&refreshed).unwrap());
        assert!(account_check.is_present() && !account_check.is_gone());
        let elsewhere: [fn(&mut super::super::account_record::AccountRecord); 3] = [
            |other| other.subject.push('2'),
            |other| other.issuer.push('2'),
            |other| other.client_id.push('2'),
        ];
        for change in elsewhere {
            let mut other = ada.clone();
            change(&mut other);
            file.write(&other).unwrap();
            assert_eq!(account_check.look(), Presence::Another);
            file.write(&ada).unwrap();
            assert_eq!(account_check.look(), Presence::Same);
        }
        fs::write(file.path(), "{").unwrap();
        assert_eq!(account_check.look(), Presence::Unclear);
        assert!(!account_check.is_present() && !account_check.is_gone());
        file.remove().unwrap();
        assert!(!account_check.is_present() && account_check.is_gone());
    }

    #[test]
    fn without_a_subject_the_next_sign_in_is_somebody_else() {
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(home.path(), &home.path().join("cache"));
        let file = accounts.account_file("default");
        let mut nobody = record(1);
        nobody.subject.clear();
        file.write(&nobody).unwrap();
        let account_check = accounts.account_check(&nobody.account("default", None));
        assert!(account_check.is_present());
        nobody.signed_in_at += 1;
        file.write(&nobody).unwrap();
        assert_eq!(account_check.look(), Presence::Another);
    }
}
