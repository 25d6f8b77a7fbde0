//! Files that survive a power cut whole: the old content or the new, never a mixture.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use super::modes;

/// Replaces `path` in `folder`: temporary file created 0600, fsync, rename, fsync of the directory. A kill
/// leaves at most a file behind whose name begins with `temporary_prefix` and ends in `.tmp`.
pub(super) fn replace(
    folder: &Path,
    path: &Path,
    temporary_prefix: &str,
    content: &[u8],
) -> io::Result<()> {
    modes::create_private_folder(folder)?;
    let mut temporary = tempfile::Builder::new()
        .prefix(temporary_prefix)
        .suffix(".tmp")
        .tempfile_in(folder)?;
    temporary.write_all(content)?;
    temporary.as_file().sync_all()?;
    let _ = temporary.persist(path).map_err(|error| error.error)?;
    sync_folder(folder)
}

/// Makes what happened to the names in `folder` last.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
