//! Files of pictures on disk, so that a start without a network has pictures too.
//!
//! A cache: whatever goes wrong here, the picture is simply not there. Files are kept as they came and
//! named by a digest of their address, so that a name tells nothing.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Read, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use aws_lc_rs::digest;
use url::Url;

use crate::api;
use crate::session::Account;

/// Most that is kept, in bytes.
const CAP: u64 = 128 * 1024 * 1024;
/// Written bytes after which is looked whether it has become too much.
const LOOK_AFTER: u64 = CAP / 16;
/// A picture this old is asked for again, and shown as it is where nobody answers.
const FRESH: Duration = Duration::from_secs(24 * 60 * 60);

/// The pictures of one account on disk. Cheap to clone; its calls block.
#[derive(Debug, Clone)]
pub struct Disk {
    folder: Arc<Path>,
    cap: u64,
    /// Bytes written since it was last looked whether it is too much.
    written: Arc<AtomicU64>,
}

/// A file that was kept.
#[derive(Debug, PartialEq, Eq)]
pub struct Found {
    /// What is in it.
    pub file: Vec<u8>,
    /// Whether it need not be asked for again.
    pub fresh: bool,
}

impl Disk {
    /// Pictures in `folder`, which is made when the first one comes.
    pub fn new(folder: PathBuf) -> Self {
        Self {
            folder: folder.into(),
            cap: CAP,
            // The first write looks: an earlier run may have left too much.
            written: Arc::new(AtomicU64::new(LOOK_AFTER)),
        }
    }

    /// Those of one account alone, in the user cache directory, beside what else is kept of it.
    pub fn of(cache_dir: &Path, account: &Account) -> Self {
        Self::new(api::folder(cache_dir, account).join("pictures"))
    }

    /// The picture of this address, if it was kept.
    pub fn read(&self, url: &Url, now: SystemTime) -> Option<Found> {
        let mut opened = File::open(self.path(url)).ok()?;
        let kept_at = opened.metadata().and_then(|about| about.modified()).ok()?;
        let mut file = Vec::new();
        let _ = opened.read_to_end(&mut file).ok()?;
        // A clock that was set back makes a file of the future; it is as good as any.
        let fresh = now.duration_since(kept_at).map_or(true, |age| age < FRESH);
        Some(Found { file, fresh })
    }

    /// Keeps a picture.
    pub fn write(&self, url: &Url, file: &[u8]) {
        if let Err(error) = self.put(url, file) {
            tracing::debug!(%error, "A picture could not be kept.");
        }
        let size = file.len() as u64;
        if self.written.fetch_add(size, Ordering::Relaxed) + size >= LOOK_AFTER {
            self.written.store(0, Ordering::Relaxed);
            self.trim();
        }
    }

    /// Drops a file that turned out to be no picture.
    pub fn forget(&self, url: &Url) {
        // It may be gone already.
        let _ = fs::remove_file(self.path(url));
    }

    fn put(&self, url: &Url, file: &[u8]) -> io::Result<()> {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.folder)?;
        // Another process must never see half of it. Durability is not worth a wait here.
        let mut new = tempfile::NamedTempFile::new_in(&self.folder)?;
        new.write_all(file)?;
        let _ = new.persist(self.path(url)).map_err(|error| error.error)?;
        Ok(())
    }

    /// Drops what was kept longest ago until the rest is within the cap, with some room for more.
    fn trim(&self) {
        let Ok(listed) = fs::read_dir(&self.folder) else {
            return;
        };
        let mut files: Vec<(SystemTime, u64, PathBuf)> = listed
            .flatten()
            .filter_map(|file| {
                let about = file.metadata().ok().filter(fs::Metadata::is_file)?;
                Some((about.modified().ok()?, about.len(), file.path()))
            })
            .collect();
        let mut held: u64 = files.iter().map(|(_, size, _)| size).sum();
        if held <= self.cap {
            return;
        }
        files.sort();
        for (_, size, path) in files {
            if held <= self.cap / 8 * 7 {
                break;
            }
            if fs::remove_file(path).is_ok() {
                held -= size;
            }
        }
    }

    fn path(&self, url: &Url) -> PathBuf {
        self.folder.join(digest(url.as_str()))
    }
}

/// A name that tells nothing.
fn digest(text: &str) -> String {
    use std::fmt::Write as _;

    let digest = digest::digest(&digest::SHA256, text.as_bytes());
    let mut name = String::with_capacity(32);
    for byte in &digest.as_ref()[..16] {
        // Writing to a string cannot fail.
        let _ = write!(name, "{byte:02x}");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(name: &str) -> Url {
        Url::parse(&format!("https://cdn.example/{name}?key=secret")).unwrap()
    }

    fn age(disk: &Disk, url: &Url, by: Duration) {
        let file = File::options().write(true).open(disk.path(url)).unwrap();
        file.set_modified(SystemTime::now() - by).unwrap();
    }

    #[test]
    fn what_was_kept_is_found_again_and_grows_old() {
        let folder = tempfile::tempdir().unwrap();
        let disk = Disk::new(folder.path().join("a").join("pictures"));
        assert_eq!(disk.read(&url("x"), SystemTime::now()), None);
        disk.write(&url("x"), b"file");
        let found = |fresh| {
            Some(Found {
                file: b"file".to_vec(),
                fresh,
            })
        };
        let now = SystemTime::now();
        assert_eq!(disk.read(&url("x"), now), found(true));
        assert_eq!(disk.read(&url("x"), now + FRESH * 2), found(false));
        assert_eq!(disk.read(&url("x"), now - FRESH), found(true));
        disk.forget(&url("x"));
        assert_eq!(disk.read(&url("x"), now), None);
    }

    #[test]
    fn only_the_user_can_read_it_and_names_tell_nothing() {
        use std::os::unix::fs::PermissionsExt;

        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("pictures");
        Disk::new(folder.clone()).write(&url("x"), b"file");
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        let file = fs::read_dir(&folder).unwrap().next().unwrap().unwrap();
        assert_eq!(mode(&file.path()), 0o600);
        let name = file.file_name().into_string().unwrap();
        assert!(name.len() == 32 && !name.contains("secret"), "{name}");
    }

    #[test]
    fn what_was_kept_longest_ago_makes_room() {
        let folder = tempfile::tempdir().unwrap();
        let disk = Disk {
            cap: 4000,
            ..Disk::new(folder.path().to_owned())
        };
        for number in 0..5_u64 {
            disk.put(&url(&number.to_string()), &[7; 1000]).unwrap();
            let old = Duration::from_secs(1000 - number * 100);
            age(&disk, &url(&number.to_string()), old);
        }
        disk.write(&url("new"), &[7; 1000]);
        let now = SystemTime::now();
        let there = |name: &str| disk.read(&url(name), now).is_some();
        assert!(there("new") && there("4") && there("3"));
        assert!(!there("0") && !there("1") && !there("2"));
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_no_trouble() {
        let disk = Disk::new(PathBuf::from("/proc/nowhere"));
        disk.write(&url("x"), b"file");
        assert_eq!(disk.read(&url("x"), SystemTime::now()), None);
    }
}
