//! Where on disk content of one account is cached, and until when.
//!
//! The room that caches gets its folder here and knows no account. What a sign-out removes is decided in one place:
//! [`CacheDir::forget`] is part of every sign-out, and [`sweep`] removes what a sign-out in another process, or one that a kill
//! cut off, has left.

use std::collections::HashMap;
use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError, RwLock, Weak};

use aws_lc_rs::digest::{SHA256, digest};

use super::account::hex;
use super::account_check::AccountCheck;
use super::shared::Shared;
use super::{Account, Accounts, Session};
use crate::host::atomic_file;

/// The write gates of the folders that are in use in this process, by folder.
static GATES: LazyLock<Mutex<HashMap<PathBuf, Weak<WriteGate>>>> = LazyLock::new(Mutex::default);

/// Whether a folder was closed for good. A writer holds the lock for reading, so that no sign-out comes in between.
type WriteGate = RwLock<bool>;

/// The folder for cached content of one account. Clones, and all that were opened before the account was signed out,
/// are closed together.
#[derive(Debug, Clone)]
pub struct CacheDir {
    path: Arc<Path>,
    /// The folder of the account, in which this one is.
    whole: Arc<Path>,
    /// The folder of the whole profile, where each sign-in has one of its own.
    profile: Option<Arc<Path>>,
    gate: Arc<WriteGate>,
    /// Tells whether the account is still on this device: another process may have signed it out.
    account_check: AccountCheck,
}

impl Session {
    /// Where content of this account is cached until it is signed out; nowhere for a guest.
    pub fn cache_dir(&self) -> Option<CacheDir> {
        self.shared().cache_dir()
    }
}

impl Shared {
    pub(super) fn cache_dir(&self) -> Option<CacheDir> {
        let (file, account_check) = self.file().zip(self.account_check())?;
        Some(CacheDir::of(file.cache_root(), account_check.clone()))
    }
}

impl Accounts {
    /// Where content of `account` is cached until it is signed out.
    pub fn cache_dir(&self, account: &Account) -> CacheDir {
        CacheDir::of(&self.cache_root, self.account_check(account))
    }
}

impl CacheDir {
    fn of(root: &Path, account_check: AccountCheck) -> Self {
        let (whole, profile) = places(root, account_check.account());
        Self {
            account_check,
            path: whole.as_path().into(),
            gate: gate(&whole),
            whole: whole.into(),
            profile: profile.map(Into::into),
        }
    }

    /// The folder of an account that is taken to be signed in.
    #[cfg(test)]
    pub(crate) fn assumed(root: &Path, account: &Account) -> Self {
        Self::of(root, AccountCheck::assumed(account))
    }

    /// A folder in it.
    #[must_use]
    pub fn inside(self, name: &str) -> Self {
        let path = self.path.join(name).into();
        Self { path, ..self }
    }

    /// Where it is. It is made with the first [`CacheDir::write`].
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the account is signed out, so that nothing in the folder may be used any more. Reads a file.
    pub fn is_over(&self) -> bool {
        self.account_check.is_gone()
    }

    /// Runs `write`, which writes into the folder, unless the account is not on this device any more. No sign-out in
    /// this process comes in between; after one in another process the folder is removed again.
    ///
    /// # Errors
    /// What `write` returns, the failure to make the folder, and one that says that the account is signed out.
    pub fn write(&self, write: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        let signed_out = || io::Error::other("the account is signed out");
        let closed = self.gate.read().unwrap_or_else(PoisonError::into_inner);
        if *closed || !self.account_check.is_present() {
            return Err(signed_out());
        }
        self.make()?;
        write()?;
        // A process that signs out removes the account first and then this folder. If it came in between, it may have
        // missed what was written; if it comes later, it will not.
        if self.is_over() {
            let _ = fs::remove_dir_all(&self.whole);
            return Err(signed_out());
        }
        Ok(())
    }

    /// Removes all content of the account, which is signed out, and closes the folder to writes that are on their way.
    pub(crate) fn forget(&self) {
        let mut closed = self.gate.write().unwrap_or_else(PoisonError::into_inner);
        *closed = true;
        let _ = fs::remove_dir_all(self.profile.as_ref().unwrap_or(&self.whole));
    }

    /// Makes the folder, and those it is in, for this user alone. Content of the sign-in before on the same profile
    /// goes.
    fn make(&self) -> io::Result<()> {
        if self.path.is_dir() {
            return Ok(());
        }
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.path)?;
        fs::set_permissions(&self.path, fs::Permissions::from_mode(0o700))?;
        for other in self.profile.iter().flat_map(|profile| entries(profile)) {
            if *other != *self.whole {
                let _ = fs::remove_dir_all(other);
            }
        }
        Ok(())
    }
}

/// Removes the content of accounts that are not among those `here`, whatever has ended their sessions and whichever
/// process it was, such as one that was killed before it could.
pub(super) fn sweep(root: &Path, here: &[Account]) {
    let here: Vec<_> = here.iter().map(|account| places(root, account)).collect();
    for found in entries(&root.join("api")) {
        if here.iter().any(|(whole, _)| *whole == found) {
            continue;
        }
        let is_of_a_profile = |(_, profile): &&(PathBuf, Option<PathBuf>)| {
            profile.as_deref() == Some(found.as_path())
        };
        match here.iter().find(is_of_a_profile) {
            Some((whole, _)) => {
                for other in entries(&found).filter(|other| other != whole) {
                    remove(&other);
                }
            }
            None => remove(&found),
        }
    }
}

/// Folders of content of accounts that are not among those `here`.
pub(super) fn of_others(root: &Path, here: &[Account]) -> Vec<PathBuf> {
    let is_here = |found: &PathBuf| {
        here.iter().any(|account| {
            let (whole, profile) = places(root, account);
            *found == whole || Some(found) == profile.as_ref()
        })
    };
    entries(&root.join("api"))
        .filter(|found| !is_here(found))
        .collect()
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path())
}

fn remove(found: &Path) {
    if let Err(error) = atomic_file::remove(found) {
        tracing::warn!(path = %found.display(), %error, "what was kept of somebody who has left stays");
    }
}

/// The folder of an account, and that of its profile where the server tells no subject, as in plain OAuth 2.0:
/// then it is unknown whether the next sign-in is of the same person.
fn places(root: &Path, account: &Account) -> (PathBuf, Option<PathBuf>) {
    let all = root.join("api");
    if !account.subject.is_empty() {
        return (all.join(account.key()), None);
    }
    let profile = format!(
        "{}\n{}\n{}",
        account.issuer, account.client_id, account.profile
    );
    let profile = all.join(hex(digest(&SHA256, profile.as_bytes()).as_ref()));
    (profile.join(account.key()), Some(profile))
}

/// The gate of a folder: a new one where it was closed before.
fn gate(folder: &Path) -> Arc<WriteGate> {
    let mut gates = GATES.lock().unwrap_or_else(PoisonError::into_inner);
    let is_open = |gate: &Arc<WriteGate>| !*gate.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(gate) = gates.get(folder).and_then(Weak::upgrade).filter(is_open) {
        return gate;
    }
    gates.retain(|_, gate| gate.strong_count() > 0);
    let gate = Arc::new(WriteGate::default());
    let _ = gates.insert(folder.to_owned(), Arc::downgrade(&gate));
    gate
}
