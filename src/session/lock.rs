//! `accounts/NAME.lock`: one process at a time does what changes an account.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::Once;
use std::time::Duration;

use super::{Error, permissions};
use crate::host::regular_file::{self, Links};

/// How long to wait for another process that refreshes the same account.
const LOCK_PATIENCE: Duration = Duration::from_secs(60);

/// Pause between two looks at a lock that another process holds.
pub(super) const LOCK_PAUSE: Duration = Duration::from_millis(20);

/// Holds an account's lock.
#[derive(Debug)]
pub(super) struct LockGuard {
    _file: File,
}

/// How the lock of an account is found, without taking or making it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LockStatus {
    /// No process holds it.
    Free,
    /// Another process holds it: it is refreshing the session, or hangs.
    Held,
    /// There can be no lock, and why.
    Unusable(String),
}

/// Takes a lock across processes; it is released when the guard is dropped.
///
/// `Ok(None)` where no lock can be made. On a read-only file system no other process can rotate the token on
/// disk either; on one without locks no process has one, and most boxes run one process.
pub(super) async fn acquire(path: &Path) -> Result<Option<LockGuard>, Error> {
    let patience_ends = tokio::time::Instant::now() + LOCK_PATIENCE;
    loop {
        match try_acquire(path) {
            Ok(lock) => return Ok(lock),
            Err(fs::TryLockError::Error(error)) => return Err(Error::storage(path, error)),
            Err(fs::TryLockError::WouldBlock) => {}
        }
        if tokio::time::Instant::now() >= patience_ends {
            return Err(Error::storage(path, "held by another process for a minute"));
        }
        tokio::time::sleep(LOCK_PAUSE).await;
    }
}

/// Takes a lock at once or not at all. As [`acquire`], `Ok(None)` where there can be none.
///
/// # Errors
/// Another process holds it, or it cannot be told.
pub(super) fn try_acquire(path: &Path) -> Result<Option<LockGuard>, fs::TryLockError> {
    let file = match open(path) {
        Ok(file) => file,
        // A process that ran out of files must not refresh beside one that holds the lock.
        Err(error) if is_passing(&error) => return Err(fs::TryLockError::Error(error)),
        Err(error) => {
            go_without(path, &error);
            return Ok(None);
        }
    };
    match file.try_lock() {
        Err(fs::TryLockError::Error(error)) if !is_passing(&error) => {
            go_without(path, &error);
            return Ok(None);
        }
        locked => locked?,
    }
    if is_at(&file, path) {
        Ok(Some(LockGuard { _file: file }))
    } else {
        // The file was removed in between: others lock another one now.
        Err(fs::TryLockError::WouldBlock)
    }
}

/// Looks at a lock without waiting for it and without making one.
pub(super) fn status(path: &Path) -> LockStatus {
    let file = match regular_file::open(path, Links::Refused) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return LockStatus::Free,
        Err(error) => return unusable(path, &error),
    };
    match file.try_lock() {
        Ok(()) => LockStatus::Free,
        Err(fs::TryLockError::WouldBlock) => LockStatus::Held,
        Err(fs::TryLockError::Error(error)) => unusable(path, &error),
    }
}

fn unusable(path: &Path, error: &io::Error) -> LockStatus {
    LockStatus::Unusable(format!("{}: {error}", path.display()))
}

fn open(path: &Path) -> io::Result<File> {
    path.parent()
        .map_or(Ok(()), permissions::create_private_directory)?;
    regular_file::open_to_write(path)
}

/// Says once what every look at a lock would find again.
fn go_without(path: &Path, error: &io::Error) {
    static SAID: Once = Once::new();
    let path = path.display();
    SAID.call_once(|| tracing::warn!(%path, %error, "no lock; other processes are not waited for"));
}

/// Whether an open file is the one that lies at `path` now.
fn is_at(file: &File, path: &Path) -> bool {
    let identity = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let (Ok(open), Ok(there)) = (file.metadata(), fs::metadata(path)) else {
        return false;
    };
    identity(open) == identity(there)
}

/// Whether an error says something about this moment and not about the disk. All others stay: network file systems
/// without a lock service, and some FUSE file systems, have no locks at all.
fn is_passing(error: &io::Error) -> bool {
    use rustix::io::Errno;
    matches!(
        Errno::from_io_error(error),
        Some(Errno::MFILE | Errno::NFILE | Errno::NOMEM | Errno::INTR)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_lock_that_is_held_is_seen_and_not_taken() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("accounts/default.lock");
        assert_eq!(status(&path), LockStatus::Free);
        assert!(!path.exists());
        let held = acquire(&path).await.unwrap();
        assert_eq!(status(&path), LockStatus::Held);
        drop(held);
        assert_eq!(status(&path), LockStatus::Free);
    }

    #[test]
    fn a_disk_without_locks_is_told_from_a_process_that_ran_out_of_something() {
        use rustix::io::Errno;
        for (errno, passes) in [
            (Errno::NOLCK, false),
            (Errno::OPNOTSUPP, false),
            (Errno::NOSYS, false),
            (Errno::INVAL, false),
            (Errno::MFILE, true),
            (Errno::NOMEM, true),
        ] {
            assert_eq!(is_passing(&errno.into()), passes, "{errno}");
        }
    }
}
