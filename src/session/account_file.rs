//! `accounts/NAME.json`: one account with its tokens, on disk.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Error;
use super::account_record::AccountRecord;
use super::key_file::KeyFiles;
use super::lock::{self, LockGuard};
use super::pin::PinFile;
use crate::host::atomic_file;
use crate::host::regular_file::{self, Links, no_folder};

/// Largest account file that is read; a real one has a few kilobytes.
pub(super) const LARGEST: u64 = 1024 * 1024;

/// How much longer than the file of today, in bytes, that of tomorrow may be.
const ROOM: usize = 1024;

/// Checks a profile's name: it becomes the name of a file.
///
/// # Errors
/// A sentence for the person who typed it.
pub fn profile_name(name: &str) -> Result<String, String> {
    let fits = (1..=64).contains(&name.len())
        && !name.starts_with(['.', '-'])
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if fits {
        Ok(name.to_owned())
    } else {
        Err(
            "a profile is 1 to 64 letters, digits, '-', '_' or '.', and does not begin with '.' or '-'"
                .to_owned(),
        )
    }
}

/// Why an account file gives no account.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum ReadError {
    /// What is there is no account, however often it is read.
    #[error("{0}")]
    Broken(String),
    /// It cannot be read now, and may be an account.
    #[error(transparent)]
    Unavailable(Error),
}

/// The file of one profile and its lock.
#[derive(Debug, Clone)]
pub(super) struct AccountFile {
    folder: PathBuf,
    cache_root: PathBuf,
    profile: String,
}

impl AccountFile {
    pub(super) fn new(folder: PathBuf, cache_root: PathBuf, profile: &str) -> Self {
        Self {
            folder,
            cache_root,
            profile: profile.to_owned(),
        }
    }

    pub(super) fn profile(&self) -> &str {
        &self.profile
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn cache_root(&self) -> &Path {
        &self.cache_root
    }

    pub(super) fn path(&self) -> PathBuf {
        self.folder.join(format!("{}.json", self.profile))
    }

    /// Where the account lies: at the end of a link, if that is a file of this user's which nobody else may write.
    pub(super) fn place(&self) -> PathBuf {
        let path = self.path();
        let is_own = |end: &PathBuf| {
            fs::symlink_metadata(end).is_ok_and(|found| {
                let own = found.uid() == rustix::process::geteuid().as_raw();
                found.is_file() && own && found.mode() & 0o022 == 0
            })
        };
        let end = path.is_symlink().then(|| fs::canonicalize(&path).ok());
        end.flatten().filter(is_own).unwrap_or(path)
    }

    /// Takes the account's lock across processes; see [`lock::acquire`].
    pub(super) async fn lock(&self) -> Result<Option<LockGuard>, Error> {
        lock::acquire(&self.lock_path()).await
    }

    /// Takes the lock at once or not at all; see [`lock::try_acquire`].
    pub(super) fn try_lock(&self) -> Result<Option<LockGuard>, fs::TryLockError> {
        lock::try_acquire(&self.lock_path())
    }

    pub(super) fn lock_path(&self) -> PathBuf {
        self.folder.join(format!("{}.lock", self.profile))
    }

    /// Whether nothing at all lies under this name.
    pub(super) fn is_free(&self) -> bool {
        match fs::symlink_metadata(self.path()) {
            Ok(found) => found.is_file() && atomic_file::stands_for_none(&self.path(), found.len()),
            // There may be no folder where it would lie.
            Err(error) => matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ),
        }
    }

    /// The account in the file; none where there is no file.
    pub(super) fn read(&self) -> Result<Option<Box<AccountRecord>>, ReadError> {
        let path = self.place();
        let broken = |why: &str| Err(ReadError::Broken(why.to_owned()));
        let unavailable = |error: &io::Error| ReadError::Unavailable(Error::storage(&path, error));
        let bytes = match regular_file::read(&path, LARGEST, Links::Refused) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => match no_folder(&path) {
                None => return Ok(None),
                Some(error) => return Err(unavailable(&error)),
            },
            Err(_) if path.is_symlink() && path.is_file() => {
                let cause = link_to_others(&path);
                return Err(ReadError::Unavailable(Error::storage(&path, cause)));
            }
            Err(error)
                if regular_file::is_in_the_way(&error)
                    || error.kind() == io::ErrorKind::FileTooLarge =>
            {
                let there = regular_file::what_is_there(&error);
                return broken(&there.unwrap_or_else(|| error.to_string()));
            }
            Err(error) => return Err(unavailable(&error)),
        };
        if atomic_file::stands_for_none(&path, bytes.len() as u64) {
            return Ok(None);
        }
        let parsed = AccountRecord::parse(&bytes);
        let mut record = match parsed.or_else(|why| self.copy_of_torn().ok_or(why)) {
            Ok(record) => record,
            Err(why) => return broken(&why.to_string()),
        };
        if let Some(name) = &record.dpop_jkt {
            let key = self.keys().read(name);
            record.key = key.map_err(|error| unavailable(&error))?.map(Arc::new);
        }
        Ok(Some(Box::new(record)))
    }

    /// What a file that is written over, and was torn by a power cut, should have become.
    fn copy_of_torn(&self) -> Option<AccountRecord> {
        if !atomic_file::is_mounted(&self.path()) {
            return None;
        }
        let copies = self.temporaries().into_iter();
        let written = |path: &PathBuf| fs::metadata(path).and_then(|found| found.modified()).ok();
        let copies = copies.filter_map(|path| Some((written(&path)?, Self::read_aside(&path)?)));
        copies.max_by_key(|(at, _)| *at).map(|(_, record)| record)
    }

    /// Replaces the file durably, or makes it, after the file of the key that it names.
    pub(super) fn write(&self, record: &AccountRecord) -> Result<(), Error> {
        self.put(record, 0, atomic_file::replace)
            .map_err(|error| self.not_written(&error))
    }

    fn not_written(&self, error: &io::Error) -> Error {
        use io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
        match error.kind() {
            PermissionDenied | ReadOnlyFilesystem => {
                let cause = format!("{error}; make it writable for this user to renew the session");
                Error::storage(&self.path(), cause)
            }
            _ => Error::storage(&self.path(), error),
        }
    }

    /// Replaces the file durably where it is still there; `false` where another process has signed out meanwhile.
    pub(super) fn rewrite(&self, record: &AccountRecord) -> Result<bool, Error> {
        self.rewrite_with(record, 0)
    }

    /// The same before a refresh token is presented: with as much room as its successor may take, so that a
    /// full disk is found while the old one still counts.
    pub(super) fn rewrite_with_room(&self, record: &AccountRecord) -> Result<bool, Error> {
        self.rewrite_with(record, ROOM)
    }

    fn rewrite_with(&self, record: &AccountRecord, room: usize) -> Result<bool, Error> {
        if self.successor_of(record).is_some() {
            return Ok(false);
        }
        match self.put(record, room, atomic_file::replace_existing) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(self.not_written(&error)),
        }
    }

    fn put(
        &self,
        record: &AccountRecord,
        room: usize,
        put: fn(&Path, &Path, &str, &[u8]) -> io::Result<()>,
    ) -> io::Result<()> {
        let prefix = self.temporary_prefix();
        if let Some(key) = &record.key {
            self.keys().keep(key, &prefix)?;
        }
        let mut content = serde_json::to_vec_pretty(record)?;
        content.resize(content.len() + room, b' ');
        content.push(b'\n');
        if content.len() as u64 > LARGEST {
            // Such a file would not be read again.
            return Err(io::Error::other("an account of more than 1 MiB"));
        }
        let place = self.place();
        put(
            place.parent().unwrap_or(&self.folder),
            &place,
            &prefix,
            &content,
        )
    }

    /// The private keys of this profile's accounts.
    pub(super) fn keys(&self) -> KeyFiles<'_> {
        KeyFiles {
            folder: &self.folder,
            profile: &self.profile,
        }
    }

    /// Removes the PIN, best effort: it names its account, and no other one is asked for it.
    pub(super) fn forget_pin(&self) {
        if let Err(error) = PinFile::new(&self.folder, &self.profile).remove() {
            tracing::warn!(%error, "could not remove a PIN");
        }
    }

    /// Forgets the account, its key and its PIN, whatever lies in its place. No file is a success.
    pub(super) fn remove(&self) -> Result<(), Error> {
        let (place, path) = (self.place(), self.path());
        let mut removed = atomic_file::remove(&place);
        if place != path {
            removed = removed.and_then(|()| atomic_file::remove(&path));
        }
        self.keys().remove_all();
        self.forget_pin();
        removed.map_err(|error| Error::storage(&path, error))
    }

    /// Forgets the account of `record`. Another one that has taken its place stays.
    pub(super) fn remove_account(&self, record: &AccountRecord) -> Result<(), Error> {
        match self.successor_of(record) {
            Some(other) => {
                self.keys().remove_all_but(other.dpop_jkt.as_deref());
                Ok(())
            }
            None => self.remove(),
        }
    }

    /// Another account in the place of that of `record`: another process has signed in there without the lock that is held
    /// here, as happens where that was removed or cannot be had.
    fn successor_of(&self, record: &AccountRecord) -> Option<Box<AccountRecord>> {
        match self.read() {
            Ok(Some(found)) if !found.same_account(record) => Some(found),
            Ok(_) | Err(_) => None,
        }
    }

    /// What lies in a file that was kept aside, or at the end of a link that was.
    pub(super) fn read_aside(path: &Path) -> Option<AccountRecord> {
        let bytes = regular_file::read(path, LARGEST, Links::Followed).ok()?;
        AccountRecord::parse(&bytes).ok()
    }

    /// Sets the file aside if it is broken, under the lock: another process may be replacing it with a good one, and
    /// where that one holds the lock the file stays to it. `None` where it is not broken any more.
    pub(super) fn set_broken_aside(&self) -> Result<Option<PathBuf>, Error> {
        let _lock = self.try_lock().map_err(|error| {
            let cause = format!("another process is at work with it: {error}");
            Error::storage(&self.path(), cause)
        })?;
        match self.read() {
            Err(ReadError::Broken(_)) => {
                let kept = self.set_aside("corrupt");
                kept.map(Some)
                    .map_err(|error| Error::storage(&self.path(), error))
            }
            Err(ReadError::Unavailable(error)) => Err(error),
            Ok(_) => Ok(None),
        }
    }

    /// Renames the file to `NAME.json.WHY-N` with the first free N, and tells where it is now.
    pub(super) fn set_aside(&self, why: &str) -> io::Result<PathBuf> {
        atomic_file::set_aside(&self.path(), why)
    }

    pub(super) fn temporary_prefix(&self) -> String {
        format!(".{}.json.", self.profile)
    }
}

/// Why a link to a file that is not this user's alone is not followed.
fn link_to_others(path: &Path) -> String {
    let end = fs::canonicalize(path).unwrap_or_default();
    format!(
        "it is a symbolic link to {}, which another user owns or may write; it is not followed",
        end.display()
    )
}

#[cfg(test)]
mod tests;
