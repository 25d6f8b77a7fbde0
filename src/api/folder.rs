//! Where on disk things are kept of one account, and until when.

use std::collections::HashMap;
use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError, RwLock, Weak};

use super::kept::digest_of;
use crate::session::Account;

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
}

impl Folder {
    /// The folder of an account in the user cache directory.
    pub(super) fn of(cache_dir: &Path, account: &Account) -> Self {
        let (whole, profile) = places(cache_dir, account);
        Self {
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

    /// Writes something, unless the folder is closed. Nobody closes it meanwhile.
    pub(super) fn write(&self, write: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        let closed = self.door.read().unwrap_or_else(PoisonError::into_inner);
        if *closed {
            return Err(io::Error::other("the account is signed out"));
        }
        self.make()?;
        write()
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
