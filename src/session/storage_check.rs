//! Whether a session could be kept, found out before a person is asked to sign in. Leaves nothing behind.

use std::fs;
use std::io::{self, Read};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};

use super::account_file::{AccountFile, LARGEST};
use super::{Error, permissions};
use crate::host::{atomic_file, regular_file};

/// What an account file has room for where none is there yet, in bytes: more than most tokens take.
const USUAL: u64 = 16 * 1024;

impl AccountFile {
    /// Whether [`AccountFile::write`] would succeed now.
    pub(super) fn can_write(&self) -> Result<(), Error> {
        let path = self.place();
        let folder = path.parent().unwrap_or(self.folder());
        // One that is a mount of its own is written over, and its folder may take no other file.
        if !atomic_file::is_mounted(&path) {
            self.can_be_made()?;
        }
        can_be_replaced(&path, folder).map_err(|error| Error::storage(&path, error))
    }

    /// Whether a file of its size can be written in the folder, given another name, and made to last.
    pub(super) fn can_be_made(&self) -> Result<(), Error> {
        let folder = self.folder();
        permissions::create_private_directory(folder).map_err(|error| {
            let error = match fs::symlink_metadata(folder) {
                Ok(_) => {
                    io::Error::other("something that is no folder is in its place; move it away")
                }
                Err(_) => regular_file::no_folder(folder).unwrap_or(error),
            };
            Error::storage(folder, error)
        })?;
        let rehearsed = || -> io::Result<()> {
            let today = fs::metadata(self.path()).map_or(0, |file| file.len());
            let prefix = self.temporary_prefix();
            let mut temporary = tempfile::Builder::new()
                .prefix(&prefix)
                .suffix(".tmp")
                .tempfile_in(folder)?;
            let room = io::repeat(b' ').take(today.clamp(USUAL, LARGEST));
            let _ = io::copy(&mut { room }, &mut temporary)?;
            temporary.as_file().sync_data()?;
            // A name that is swept like any other should a kill leave it.
            let renamed = folder.join(format!("{prefix}{:016x}.tmp", fastrand::u64(..)));
            let moved = temporary.persist(&renamed).map_err(|error| error.error);
            unless_swept(moved.map(|_| ()))?;
            let lasts = atomic_file::sync_directory(folder);
            unless_swept(fs::remove_file(&renamed))?;
            lasts
        };
        rehearsed().map_err(|error| Error::storage(&self.path(), error))
    }
}

/// The process that holds the account's lock sweeps temporary files, and may take the one of this check along.
fn unless_swept(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// Whether another file can take the place of the one at `path`, if there is one, or be written over it: the system says
/// no only when it happens, which is after the person has confirmed, or the refresh token is spent.
fn can_be_replaced(path: &Path, folder: &Path) -> io::Result<()> {
    if atomic_file::is_mounted(path) {
        return regular_file::open_to_write(path).map(drop);
    }
    let Ok(found) = statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::MODE) else {
        return Ok(());
    };
    // Of any of them alone a test of the folder knows nothing (chattr(1); unlink(2), `EPERM`).
    if found
        .stx_attributes
        .intersects(StatxAttributes::IMMUTABLE | StatxAttributes::APPEND)
    {
        return Err(io::Error::other(
            "it may not be replaced (chattr +i or +a); take that from it with: chattr -ia",
        ));
    }
    let folder = fs::metadata(folder)?;
    let is_sticky = folder.permissions().mode() & 0o1000 != 0;
    if is_sticky && folder.uid() != rustix::process::geteuid().as_raw() {
        // Who may change a file's mode may replace it there.
        let found = fs::symlink_metadata(path)?;
        if found.is_file() {
            fs::set_permissions(path, found.permissions()).map_err(|error| {
                let cause = "it is another user's, in a folder with the sticky bit";
                io::Error::new(error.kind(), format!("{cause}: {error}"))
            })?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::super::account_file::ReadError;
    use super::super::{Accounts, Destination, LockStatus};
    use super::*;

    fn in_the_way(made: impl Fn(&Path)) -> (Result<(), Error>, Result<(), Error>) {
        let home = tempfile::tempdir().unwrap();
        made(home.path());
        let accounts = Accounts::new(home.path(), &home.path().join("cache"));
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let ask = |destination: Destination| runtime.block_on(destination.can_be_kept(&accounts));
        let found = (
            ask(Destination::Profile("default".to_owned())),
            ask(Destination::Beside("default".to_owned())),
        );
        let left = fs::read_dir(home.path().join("accounts"));
        let left = left.into_iter().flatten().flatten();
        let left: Vec<_> = left.map(|entry| entry.file_name()).collect();
        assert!(
            left.iter()
                .all(|name| !name.to_string_lossy().ends_with(".tmp")),
            "{left:?}"
        );
        found
    }

    #[test]
    fn a_folder_that_cannot_be_one_is_said_with_its_path() {
        let file = |home: &Path| fs::write(home.join("accounts"), "hello").unwrap();
        let link = |home: &Path| symlink("/nonexistent/there", home.join("accounts")).unwrap();
        for found in [in_the_way(file), in_the_way(link)] {
            for found in [found.0, found.1] {
                let said = found.unwrap_err().to_string();
                assert!(
                    said.contains("accounts: something that is no folder"),
                    "{said}"
                );
            }
        }
        // Root passes any mode, but makes no file there.
        let accounts = Accounts::new(Path::new("/proc/vestibule"), Path::new("/proc/vestibule"));
        assert!(accounts.account_file("default").can_write().is_err());
    }

    #[test]
    fn what_a_sign_in_sets_aside_or_goes_without_is_not_in_the_way() {
        let within = |make: fn(&Path)| {
            in_the_way(move |home| {
                fs::create_dir(home.join("accounts")).unwrap();
                make(&home.join("accounts"));
            })
        };
        for found in [
            in_the_way(|_| {}),
            within(|folder| fs::create_dir(folder.join("default.json")).unwrap()),
            within(|folder| fs::write(folder.join("default.json"), "{").unwrap()),
            within(|folder| symlink("/nonexistent", folder.join("default.json")).unwrap()),
            within(|folder| fs::create_dir(folder.join("default.lock")).unwrap()),
            within(|folder| symlink("/nonexistent/x", folder.join("default.lock")).unwrap()),
        ] {
            assert_eq!(found, (Ok(()), Ok(())));
        }
    }

    #[test]
    fn a_process_that_sweeps_meanwhile_is_not_in_the_way() {
        let home = tempfile::tempdir().unwrap();
        let file = Accounts::new(home.path(), &home.path().join("cache")).account_file("default");
        let done = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            let _sweeper = scope.spawn(|| {
                while !done.load(std::sync::atomic::Ordering::SeqCst) {
                    file.sweep();
                }
            });
            let found: Vec<_> = (0..100).map(|_| file.can_write()).collect();
            done.store(true, std::sync::atomic::Ordering::SeqCst);
            assert_eq!(found, vec![Ok(()); 100]);
        });
    }

    #[test]
    fn whatever_lies_in_place_of_an_account_or_its_lock_is_told_and_not_in_the_way() {
        for (words, make) in regular_file::obstacles() {
            let home = tempfile::tempdir().unwrap();
            let accounts = Accounts::new(home.path(), &home.path().join("cache"));
            let file = accounts.account_file("default");
            fs::create_dir(file.folder()).unwrap();
            make(&file.path());
            make(&file.lock_path());
            let Err(ReadError::Broken(said)) = file.read() else {
                panic!("{words}: taken for something else");
            };
            assert!(said.contains(words), "{words}: {said}");
            let found = accounts.lock_status("default");
            assert!(
                matches!(&found, LockStatus::Unusable(said) if said.contains(words)),
                "{words}: {found:?}"
            );
            assert!(file.try_lock().unwrap().is_none());
            let runtime = tokio::runtime::Runtime::new().unwrap();
            let place = Destination::Profile("default".to_owned());
            assert_eq!(runtime.block_on(place.can_be_kept(&accounts)), Ok(()));
            let kept = file.set_broken_aside().unwrap();
            assert!(kept.is_some_and(|kept| fs::symlink_metadata(kept).is_ok()));
            assert!(file.is_free());
        }
    }

    #[test]
    fn a_file_that_may_not_be_replaced_is_found_before_anybody_confirms() {
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(home.path(), &home.path().join("cache"));
        let file = accounts.account_file("default");
        fs::create_dir(file.folder()).unwrap();
        fs::write(file.path(), "{}").unwrap();
        let chattr = |flag| {
            let mut chattr = std::process::Command::new("chattr");
            let ran = chattr.arg(flag).arg(file.path()).output();
            ran.is_ok_and(|ran| ran.status.success())
        };
        // Only the superuser may, and not on every file system.
        if !chattr("+i") {
            return;
        }
        let found = file.can_write();
        assert!(chattr("-i"));
        let said = found.unwrap_err().to_string();
        assert!(
            said.contains("default.json: it may not be replaced"),
            "{said}"
        );
        assert_eq!(file.can_write(), Ok(()));
    }
}
