//! Files that survive a power cut whole: the old content or the new, never a mixture.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File};
use std::io::{self, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;
use tempfile::NamedTempFile;

/// Replaces `path` in `folder`, or makes it: temporary file created 0600, fsync, rename, fsync of the directory.
/// A kill leaves at most a file behind whose name begins with `temporary_prefix` and ends in `.tmp`.
///
/// # Errors
/// What the system says; `path` is then as it was.
pub fn replace(
    folder: &Path,
    path: &Path,
    temporary_prefix: &str,
    content: &[u8],
) -> io::Result<()> {
    let temporary = written(folder, temporary_prefix, content)?;
    let _ = temporary.persist(path).map_err(|error| error.error)?;
    sync_directory(folder)
}

/// The same, but only where `path` is there: one that was removed meanwhile is [`io::ErrorKind::NotFound`] and
/// does not come back, whichever of the two came first. A kill may leave the old content behind in the temporary file.
///
/// # Errors
/// What the system says; `path` is then as it was.
pub fn replace_existing(
    folder: &Path,
    path: &Path,
    temporary_prefix: &str,
    content: &[u8],
) -> io::Result<()> {
    if !fs::symlink_metadata(path)?.is_file() {
        return Err(io::Error::other(
            "something else than a file is in its place",
        ));
    }
    let temporary = written(folder, temporary_prefix, content)?;
    match renameat_with(CWD, temporary.path(), CWD, path, RenameFlags::EXCHANGE) {
        // What is removed with the temporary file is the old content now.
        Ok(()) => temporary.close()?,
        // A file system that cannot exchange names: between the look above and the rename lies less than a fsync.
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {
            let _ = fs::symlink_metadata(path)?;
            let _ = temporary.persist(path).map_err(|error| error.error)?;
        }
        Err(error) => return Err(error.into()),
    }
    sync_directory(folder)
}

fn written(folder: &Path, prefix: &str, content: &[u8]) -> io::Result<NamedTempFile> {
    create_private_directory(folder)?;
    let mut temporary = tempfile::Builder::new()
        .prefix(prefix)
        .suffix(".tmp")
        .tempfile_in(folder)?;
    temporary.write_all(content)?;
    temporary.as_file().sync_all()?;
    Ok(temporary)
}

/// Creates `folder` and what is missing above it, readable by the owner alone.
///
/// # Errors
/// What the system says where it cannot be made.
pub fn create_private_directory(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Renames `path` to `PATH.WHY-N` with the first free N, durably, and tells where it lies now.
///
/// # Errors
/// What the system says where it cannot be renamed.
pub fn set_aside(path: &Path, why: &str) -> io::Result<PathBuf> {
    let mut n = 1_u32;
    loop {
        let mut kept = OsString::from(path);
        kept.push(format!(".{why}-{n}"));
        let kept = PathBuf::from(kept);
        if fs::symlink_metadata(&kept).is_err() {
            fs::rename(path, &kept)?;
            if let Some(folder) = path.parent() {
                sync_directory(folder)?;
            }
            return Ok(kept);
        }
        n = n.checked_add(1).ok_or(io::ErrorKind::AlreadyExists)?;
    }
}

/// Removes whatever is at `path`, a folder with all that is in it, durably. Nothing there is a success.
///
/// # Errors
/// What the system says.
pub fn remove(path: &Path) -> io::Result<()> {
    let is_folder = fs::symlink_metadata(path).is_ok_and(|found| found.is_dir());
    let removed = match is_folder {
        true => fs::remove_dir_all(path),
        false => fs::remove_file(path),
    };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Err(_) => Ok(()),
        Ok(()) => path.parent().map_or(Ok(()), sync_directory),
    }
}

/// Makes what happened to the names in `folder` last.
///
/// # Errors
/// What the system says.
pub fn sync_directory(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_replaced_and_what_is_gone_stays_gone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        let replace = |content: &[u8]| replace_existing(folder.path(), &path, ".a.", content);
        let gone = replace(b"new").unwrap_err();
        assert_eq!(gone.kind(), io::ErrorKind::NotFound);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        fs::write(&path, "old").unwrap();
        replace(b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        assert!(replace(b"new").is_err());
        assert!(path.is_dir());
    }
}
