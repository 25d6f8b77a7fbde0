//! Where on disk things are kept of one account, and until when.

use std::collections::HashMap;
use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError, RwLock, Weak};

use super::kept::digest_of;
use crate::session::{Account, Witness};

/// The doors of the folders that are in use in this process, by folder.
static DOORS: LazyLock<Mutex<HashMap<PathBuf, Weak<Door>>>> = LazyLock::new(Mutex::default);

/// Whether a folder was closed for good. Who writes holds it open meanwhile.
type Door = RwLock<bool>;

/// A folder of what is kept of one account. Clones, and all that were opened before the account was forgotten,
/// are closed together.
#[derive(Debug, Clone)]
pub(super) struct Folder {
    path: Arc<Path>,
    /// The folder of the account, in which this one is.
    whole: Arc<Path>,
    /// The folder of the whole profile, where each sign-in has one of its own.
    profile: Option<Arc<Path>>,
    door: Arc<Door>,
    /// Whoever can tell whether the account is still on this device: another process may have signed it out.
    witness: Witness,
}

impl Folder {
    /// The folder of the account of `witness` in the user cache directory.
    pub(super) fn of(cache_dir: &Path, witness: Witness) -> Self {
        let (whole, profile) = places(cache_dir, witness.account());
        Self {
            witness,
            path: whole.as_path().into(),
            door: door(&whole),
            whole: whole.into(),
            profile: profile.map(Into::into),
        }
    }

    /// A folder in it.
    pub(super) fn inside(self, name: &str) -> Self {
        let path = self.path.join(name).into();
        Self { path, ..self }
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether nothing in it may be used any more.
    pub(super) fn is_over(&self) -> bool {
        self.witness.misses_it()
    }

    /// Writes something, unless the folder is closed or the account is not on this device any more. Nobody in this
    /// process closes it meanwhile.
    pub(super) fn write(&self, write: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        let signed_out = || io::Error::other("the account is signed out");
        let closed = self.door.read().unwrap_or_else(PoisonError::into_inner);
        if *closed || !self.witness.sees_it() {
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

    /// Makes the folder, and those it is in, for this user alone. What was kept of whoever was signed in to the
    /// profile before goes.
    fn make(&self) -> io::Result<()> {
        if self.path.is_dir() {
            return Ok(());
        }
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.path)?;
        fs::set_permissions(&self.path, fs::Permissions::from_mode(0o700))?;
        for other in self
            .profile
            .iter()
            .flat_map(fs::read_dir)
            .flatten()
            .flatten()
        {
            if *other.path() != *self.whole {
                let _ = fs::remove_dir_all(other.path());
            }
        }
        Ok(())
    }
}

/// Removes all that is kept of an account, as when it is signed out, and lets nothing more be written that was
/// on its way.
pub(super) fn forget(cache_dir: &Path, account: &Account) {
    let (whole, profile) = places(cache_dir, account);
    let door = door(&whole);
    let mut closed = door.write().unwrap_or_else(PoisonError::into_inner);
    *closed = true;
    let _ = fs::remove_dir_all(profile.unwrap_or(whole));
}

/// Removes all that is kept of accounts that are not on this device any more, whatever has ended their sessions and
/// whichever process it was, such as one that was killed before it could.
pub(super) fn sweep(cache_dir: &Path, here: &[Account]) {
    let here: Vec<_> = here
        .iter()
        .map(|account| places(cache_dir, account))
        .collect();
    for found in entries(&cache_dir.join("api")) {
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
pub(super) fn of_nobody(cache_dir: &Path, here: &[Account]) -> Vec<PathBuf> {
    let is_here = |found: &PathBuf| {
        here.iter().any(|account| {
            let (whole, profile) = places(cache_dir, account);
            *found == whole || Some(found) == profile.as_ref()
        })
    };
    entries(&cache_dir.join("api"))
        .filter(|found| !is_here(found))
        .collect()
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path())
}

fn remove(found: &Path) {
    let is_folder = fs::symlink_metadata(found).is_ok_and(|found| found.is_dir());
    let removed = match is_folder {
        true => fs::remove_dir_all(found),
        false => fs::remove_file(found),
    };
    if let Err(error) = removed.or_else(|error| match error.kind() {
        io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    }) {
        tracing::warn!(path = %found.display(), %error, "what was kept of somebody who has left stays");
    }
}

/// The folder of an account, and that of its profile where the server tells no subject, as in plain OAuth 2.0:
/// then nobody knows whether the next one to sign in is the same person.
fn places(cache_dir: &Path, account: &Account) -> (PathBuf, Option<PathBuf>) {
    let all = cache_dir.join("api");
    if !account.subject.is_empty() {
        return (all.join(account.key()), None);
    }
    let profile = format!(
        "{}\n{}\n{}",
        account.issuer, account.client_id, account.profile
    );
    let profile = all.join(digest_of(profile.as_bytes()));
    (profile.join(account.key()), Some(profile))
}

/// The door of a folder: a new one where it was closed before.
fn door(folder: &Path) -> Arc<Door> {
    let mut doors = DOORS.lock().unwrap_or_else(PoisonError::into_inner);
    let is_open = |door: &Arc<Door>| !*door.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(door) = doors.get(folder).and_then(Weak::upgrade).filter(is_open) {
        return door;
    }
    doors.retain(|_, door| door.strong_count() > 0);
    let door = Arc::new(Door::default());
    let _ = doors.insert(folder.to_owned(), Arc::downgrade(&door));
    door
}
