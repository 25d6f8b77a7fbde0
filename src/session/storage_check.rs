//! Whether a session could be kept, found out before a person is asked to sign in. Leaves nothing behind.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use rustix::fs::{AtFlags, CWD, StatxFlags, statx};

use super::account_file::{AccountFile, LARGEST};
use super::{Error, permissions};
use crate::host::atomic_file;

/// What an account file has room for where none is there yet, in bytes: more than most tokens take.
const USUAL: u64 = 16 * 1024;

impl AccountFile {
    /// Whether [`AccountFile::write`] would succeed now.
    pub(super) fn can_write(&self) -> Result<(), Error> {
        self.can_be_made()?;
        if is_mounted(&self.path(), self.folder()) {
            let cause = "it is a mount of its own, so that no other file can take its place; mount its folder instead";
            return Err(Error::storage(&self.path(), cause));
        }
        Ok(())
    }

    /// Whether a file of its size can be written in the folder, given another name, and made to last.
    pub(super) fn can_be_made(&self) -> Result<(), Error> {
        let folder = self.folder();
        permissions::create_private_directory(folder).map_err(|error| {
            let error = match fs::symlink_metadata(folder) {
                Ok(_) => {
                    io::Error::other("something that is no folder is in its place; move it away")
                }
                Err(_) => error,
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

/// Whether something is mounted over `path` in `folder`: a rename to there fails (rename(2), `EBUSY`). Not known where the
/// system is too old to tell.
fn is_mounted(path: &Path, folder: &Path) -> bool {
    let mount = |path: &Path, flags| {
        let found = statx(CWD, path, flags, StatxFlags::MNT_ID).ok()?;
        let known = StatxFlags::from_bits_retain(found.stx_mask).contains(StatxFlags::MNT_ID);
        known.then_some(found.stx_mnt_id)
    };
    let own = mount(path, AtFlags::SYMLINK_NOFOLLOW);
    matches!((own, mount(folder, AtFlags::empty())), (Some(own), Some(folder)) if own != folder)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::super::account_file::ReadError;
    use super::super::{Accounts, Destination};
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
            within(|folder| fifo(&folder.join("default.json"))),
            within(|folder| fifo(&folder.join("default.lock"))),
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
    fn nobody_waits_for_a_pipe_in_place_of_a_file() {
        let home = tempfile::tempdir().unwrap();
        let file = Accounts::new(home.path(), &home.path().join("cache")).account_file("default");
        fs::create_dir(file.folder()).unwrap();
        fifo(&file.path());
        let found = file.read();
        assert!(matches!(found, Err(ReadError::Broken(_))), "{found:?}");
    }

    fn fifo(path: &Path) {
        rustix::fs::mkfifoat(CWD, path, rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR).unwrap();
    }

    #[test]
    fn a_file_in_its_folder_is_no_mount() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("a");
        assert!(!is_mounted(&path, home.path()));
        fs::write(&path, "x").unwrap();
        assert!(!is_mounted(&path, home.path()));
        // Something is mounted there on every Linux.
        assert!(is_mounted(Path::new("/proc"), Path::new("/")));
    }
}
