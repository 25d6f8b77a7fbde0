//! Files that survive a power cut whole: the old content or the new, never a mixture.
//!
//! A file that is a mount of its own, as containers have them, keeps its place: no other can be renamed to there
//! (rename(2), `EBUSY`, `EXDEV`). It is written over, after a copy of the new content was made durable beside it.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use rustix::fs::{Access, AtFlags, CWD, RenameFlags, StatxFlags, accessat, renameat_with, statx};
use rustix::io::Errno;
use tempfile::NamedTempFile;

use super::regular_file::{self, Links};

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
    match written(folder, temporary_prefix, content) {
        Ok(temporary) => settle(temporary, path, content)?,
        // Where the folder takes no other file, there is no copy beside.
        Err(_) if is_mounted(path) => return write_over(path, content),
        Err(error) => return Err(error),
    }
    sync_directory(folder)
}

/// Makes `path`, which is not there yet, in `folder`, in the same way.
///
/// # Errors
/// [`io::ErrorKind::AlreadyExists`] where something is there, and what else the system says; nothing is changed then.
pub fn create(
    folder: &Path,
    path: &Path,
    temporary_prefix: &str,
    content: &[u8],
) -> io::Result<()> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let temporary = written(folder, temporary_prefix, content)?;
    let _ = temporary
        .persist_noclobber(path)
        .map_err(|error| error.error)?;
    sync_directory(folder)
}

/// The same for a file of somebody else's making, by whatever links it is reached: it keeps its mode and its owner.
///
/// # Errors
/// What the system says, also where the owner cannot be kept; the file is then as it was.
pub fn replace_in_kind(path: &Path, temporary_prefix: &str, content: &[u8]) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    let folder = path.parent().unwrap_or(Path::new("/"));
    let (found, mine) = (
        fs::metadata(&path)?,
        written(folder, temporary_prefix, content),
    );
    let temporary = match mine {
        Ok(temporary) => temporary,
        Err(_) if is_mounted(&path) => return write_over(&path, content),
        Err(error) => return Err(error),
    };
    let file = temporary.as_file();
    let own = file.metadata()?;
    if (own.uid(), own.gid()) != (found.uid(), found.gid()) {
        std::os::unix::fs::fchown(file, Some(found.uid()), Some(found.gid()))?;
    }
    file.set_permissions(found.permissions())?;
    file.sync_all()?;
    settle(temporary, &path, content)?;
    sync_directory(folder)
}

/// Gives the temporary file its name. What is renamed over nothing else is written over, while the temporary file is
/// the copy of it.
fn settle(temporary: NamedTempFile, path: &Path, content: &[u8]) -> io::Result<()> {
    match temporary.persist(path) {
        Ok(_) => Ok(()),
        Err(error) if keeps_its_place(&error.error) => {
            write_over(path, content)?;
            error.file.close()
        }
        Err(error) => Err(error.error),
    }
}

/// Whether a rename failed because of what the name stands for, and would fail again.
fn keeps_its_place(error: &io::Error) -> bool {
    matches!(Errno::from_io_error(error), Some(Errno::BUSY | Errno::XDEV))
}

/// Writes `content` over that of a file in its place. The room is taken before anything is overwritten, with blanks
/// behind the old content, so that a full disk leaves it as it was.
fn write_over(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = regular_file::open_to_write(path)?;
    let (old, new) = (file.metadata()?.len(), content.len() as u64);
    if new > old {
        let _ = file.seek(SeekFrom::End(0))?;
        let blanks = vec![b' '; usize::try_from(new - old).unwrap_or_default()];
        if let Err(error) = file.write_all(&blanks).and_then(|()| file.sync_all()) {
            file.set_len(old)?;
            return Err(error);
        }
    }
    file.rewind()?;
    file.write_all(content)?;
    file.set_len(new)?;
    file.sync_all()
}

/// Whether a file of this length stands for none: it can be emptied and not removed.
pub fn stands_for_none(path: &Path, length: u64) -> bool {
    length == 0 && stays(path)
}

/// Whether nothing can take a file's name from it: it is a mount of its own, or lies in a folder that takes no change.
fn stays(path: &Path) -> bool {
    let folder = path.parent().unwrap_or(Path::new("."));
    is_mounted(path) || accessat(CWD, folder, Access::WRITE_OK, AtFlags::EACCESS).is_err()
}

/// Whether something is mounted over `path` in its folder. Not known where the system is too old to tell.
pub fn is_mounted(path: &Path) -> bool {
    let mount = |path: &Path, flags| {
        let found = statx(CWD, path, flags, StatxFlags::MNT_ID).ok()?;
        let known = StatxFlags::from_bits_retain(found.stx_mask).contains(StatxFlags::MNT_ID);
        known.then_some(found.stx_mnt_id)
    };
    let own = mount(path, AtFlags::SYMLINK_NOFOLLOW);
    let folder = path
        .parent()
        .and_then(|folder| mount(folder, AtFlags::empty()));
    matches!((own, folder), (Some(own), Some(folder)) if own != folder)
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
    let found = fs::symlink_metadata(path)?;
    if !found.is_file() {
        return Err(io::Error::other(
            "something else than a file is in its place",
        ));
    }
    if stands_for_none(path, found.len()) {
        return Err(io::ErrorKind::NotFound.into());
    }
    let temporary = match written(folder, temporary_prefix, content) {
        Ok(temporary) => temporary,
        Err(_) if is_mounted(path) => return write_over(path, content),
        Err(error) => return Err(error),
    };
    match renameat_with(CWD, temporary.path(), CWD, path, RenameFlags::EXCHANGE) {
        // What is removed with the temporary file is the old content now.
        Ok(()) => temporary.close()?,
        // A file system that cannot exchange names: between the look above and the rename lies less than a fsync.
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {
            let _ = fs::symlink_metadata(path)?;
            settle(temporary, path, content)?;
        }
        Err(Errno::BUSY | Errno::XDEV) => settle(temporary, path, content)?,
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
            match fs::rename(path, &kept) {
                // Where its folder takes no copy, it stays as it is.
                Err(error) if keeps_its_place(&error) || is_mounted(path) => {
                    let content = regular_file::read(path, u64::MAX, Links::Refused)?;
                    let folder = path.parent().unwrap_or(Path::new("."));
                    replace(folder, &kept, ".aside.", &content)?;
                    write_over(path, b"")?;
                }
                renamed => renamed?,
            }
            if let Some(folder) = path.parent() {
                sync_directory(folder)?;
            }
            return Ok(kept);
        }
        n = n.checked_add(1).ok_or(io::ErrorKind::AlreadyExists)?;
    }
}

/// Removes whatever is at `path`, a folder with all that is in it, durably. Nothing there is a success. A file that is a
/// mount of its own, or lies in a folder that takes no change, stays, with nothing in it.
///
/// # Errors
/// What the system says.
pub fn remove(path: &Path) -> io::Result<()> {
    // A file system that is read-only says so even of nothing.
    let is_folder = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        found => found.is_ok_and(|found| found.is_dir()),
    };
    let removed = match is_folder {
        true => fs::remove_dir_all(path),
        false => fs::remove_file(path),
    };
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) if keeps_its_place(&error) => write_over(path, b""),
        Err(_) if !is_folder && stays(path) => write_over(path, b""),
        Err(error) => Err(error),
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
    fn what_is_there_is_never_made_anew() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (inner, path) = (folder.path().join("new"), folder.path().join("new/a.toml"));
        create(&inner, &path, ".t.", b"one").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&inner), mode(&path)), (0o700, 0o600));
        let again = create(&inner, &path, ".t.", b"two").unwrap_err();
        assert_eq!(again.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"one");
        assert_eq!(fs::read_dir(&inner).unwrap().count(), 1);
    }

    #[test]
    fn a_file_of_the_owners_keeps_its_mode_and_its_links() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (
            folder.path().join("real.toml"),
            folder.path().join("link.toml"),
        );
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink("real.toml", &link).unwrap();
        replace_in_kind(&link, ".t.", b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o640
        );
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
        assert!(replace_in_kind(&folder.path().join("none"), ".t.", b"x").is_err());
    }

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

    #[test]
    fn what_cannot_be_taken_from_its_folder_is_emptied_and_never_set_aside() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("accounts");
        fs::create_dir(&folder).unwrap();
        let path = folder.join("a.json");
        fs::write(&path, "tokens").unwrap();
        let mode = |mode| {
            fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
        };
        let chattr = |flag| {
            let mut chattr = std::process::Command::new("chattr");
            let ran = chattr.arg(flag).arg(&folder).output();
            ran.is_ok_and(|ran| ran.status.success())
        };
        mode(0o500);
        // The superuser passes any mode, and may set this flag, but not on every file system.
        let flagged = chattr("+i");
        let takes_none = fs::write(folder.join("b"), "").is_err();
        let kept = set_aside(&path, "corrupt");
        let content = fs::read(&path);
        let removed = remove(&path);
        let (left, none) = (fs::read(&path), stands_for_none(&path, 0));
        assert!(!flagged || chattr("-i"));
        mode(0o700);
        if takes_none {
            assert!(kept.is_err());
            assert_eq!(content.unwrap(), b"tokens");
            removed.unwrap();
            assert_eq!(left.unwrap(), b"");
            assert!(none && !stands_for_none(&path, 0));
        }
    }
}
