//! `accounts/NAME.THUMBPRINT.key`: the private key that an account's tokens are bound to.
//!
//! It is a file of its own so that a copy of the account file alone is worth nothing
//! (see [`device_flow::dpop`] for what that protects and what it does not). It is named after the
//! key, is written once and never changed: a new sign-in on the same profile adds its own before the account
//! file names it, so that at every moment the account file names a key that is there.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use secrecy::ExposeSecret;

use crate::host::atomic_file;
use crate::host::regular_file::{self, Links};
use device_flow::dpop::Key;

/// A SHA-256 in base64url.
const THUMBPRINT_LENGTH: usize = 43;

/// More bytes than any key's file has.
const LARGEST: u64 = 16 * 1024;

/// The key files of one profile.
#[derive(Debug)]
pub(super) struct KeyFiles<'a> {
    pub(super) folder: &'a Path,
    pub(super) profile: &'a str,
}

impl KeyFiles<'_> {
    /// `None` for what is no thumbprint: it comes from a file and becomes the name of another.
    fn path(&self, thumbprint: &str) -> Option<PathBuf> {
        is_thumbprint(thumbprint).then(|| {
            self.folder
                .join(format!("{}.{thumbprint}.key", self.profile))
        })
    }

    /// The key of that name, or none where it is gone for good: the session then goes on as far as the
    /// server lets it, for only the server ends sessions.
    ///
    /// # Errors
    /// The key may be there, but could not be read now. To go on without it would make the server end the
    /// session.
    pub(super) fn read(&self, thumbprint: &str) -> io::Result<Option<Key>> {
        let Some(path) = self.path(thumbprint) else {
            return Ok(None);
        };
        let text = match regular_file::read_text(&path, LARGEST, Links::Refused) {
            Err(error) if is_lasting(&error) => Err(error.to_string()),
            Err(error) => return Err(error),
            Ok(text) => Ok(text),
        };
        let key = text
            .and_then(|text| Key::restore(&text.trim().into()).map_err(|error| error.to_string()))
            .and_then(|key| match key.thumbprint() == thumbprint {
                true => Ok(key),
                false => Err("another key than its name says".to_owned()),
            });
        Ok(key
            .inspect_err(|cause| {
                tracing::warn!(path = %path.display(), cause, "the key of this account's tokens is lost");
            })
            .ok())
    }

    /// Makes the key durable, unless it is already.
    pub(super) fn keep(&self, key: &Key, temporary_prefix: &str) -> io::Result<()> {
        let path = self
            .path(key.thumbprint())
            .ok_or(io::ErrorKind::InvalidInput)?;
        if fs::symlink_metadata(&path).is_ok_and(|found| found.is_file()) {
            return Ok(());
        }
        let content = key.pkcs8().expose_secret().as_bytes();
        atomic_file::replace(self.folder, &path, temporary_prefix, content)
    }

    /// Removes one key, best effort.
    pub(super) fn remove(&self, thumbprint: &str) {
        if let Some(path) = self.path(thumbprint) {
            remove(&path);
        }
    }

    /// Removes all keys of the profile, best effort, those of sign-ins that a kill cut short included.
    pub(super) fn remove_all(&self) {
        self.remove_all_but(None);
    }

    /// The same, but for the one that is in use.
    pub(super) fn remove_all_but(&self, in_use: Option<&str>) {
        let Ok(entries) = fs::read_dir(self.folder) else {
            return;
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            let thumbprint = name
                .to_str()
                .and_then(|name| name.strip_prefix(self.profile)?.strip_prefix('.'))
                .and_then(|name| name.strip_suffix(".key"));
            if thumbprint.is_some_and(is_thumbprint) && thumbprint != in_use {
                remove(&entry.path());
            }
        }
    }
}

fn remove(path: &Path) {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            tracing::warn!(path = %path.display(), %error, "could not remove a key");
        }
        Ok(()) | Err(_) => {}
    }
}

/// Whether reading again would find the same: nothing there, or no text.
fn is_lasting(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::InvalidData
    )
}

pub(super) fn is_thumbprint(text: &str) -> bool {
    text.len() == THUMBPRINT_LENGTH
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::session::reveal;

    fn files<'a>(home: &'a tempfile::TempDir, profile: &'a str) -> KeyFiles<'a> {
        KeyFiles {
            folder: home.path(),
            profile,
        }
    }

    fn names(home: &tempfile::TempDir) -> usize {
        fs::read_dir(home.path()).unwrap().count()
    }

    #[test]
    fn a_key_is_kept_for_its_owner_alone_and_found_by_name() {
        let home = tempfile::tempdir().unwrap();
        let key = Key::generate().unwrap();
        let files = files(&home, "default");
        for _ in 0..2 {
            files.keep(&key, ".default.json.").unwrap();
        }
        assert_eq!(names(&home), 1);
        let path = files.path(key.thumbprint()).unwrap();
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let back = files.read(key.thumbprint()).unwrap().unwrap();
        assert_eq!(back.thumbprint(), key.thumbprint());
    }

    #[test]
    fn a_missing_broken_or_exchanged_key_is_none() {
        let home = tempfile::tempdir().unwrap();
        let (key, other) = (Key::generate().unwrap(), Key::generate().unwrap());
        let files = files(&home, "default");
        let is_lost = || files.read(key.thumbprint()).unwrap().is_none();
        assert!(is_lost());
        let path = files.path(key.thumbprint()).unwrap();
        for content in [&b""[..], b"junk", b"\xff\xfe"] {
            fs::write(&path, content).unwrap();
            assert!(is_lost());
        }
        fs::write(&path, reveal(other.pkcs8())).unwrap();
        assert!(is_lost());
    }

    #[test]
    fn a_key_that_cannot_be_read_now_is_not_taken_for_lost() {
        let home = tempfile::tempdir().unwrap();
        let key = Key::generate().unwrap();
        let files = files(&home, "default");
        fs::create_dir(files.path(key.thumbprint()).unwrap()).unwrap();
        assert!(files.read(key.thumbprint()).is_err());
    }

    #[test]
    fn a_name_from_a_file_leads_nowhere_else() {
        let home = tempfile::tempdir().unwrap();
        let files = files(&home, "default");
        let up = format!("../{}", "a".repeat(THUMBPRINT_LENGTH - 3));
        for odd in ["", "short", &up, &"/".repeat(THUMBPRINT_LENGTH)] {
            assert!(files.path(odd).is_none(), "{odd}");
        }
    }

    #[test]
    fn signing_out_takes_the_keys_of_this_profile_and_no_other() {
        let home = tempfile::tempdir().unwrap();
        let key = Key::generate().unwrap();
        for profile in ["tv", "tv.den", "tv2"] {
            files(&home, profile).keep(&key, ".x.").unwrap();
        }
        files(&home, "tv")
            .keep(&Key::generate().unwrap(), ".x.")
            .unwrap();
        fs::write(home.path().join("tv.json"), "{}").unwrap();
        fs::write(home.path().join("tv.short.key"), "not ours").unwrap();
        assert_eq!(names(&home), 6);
        files(&home, "tv").remove_all();
        assert_eq!(names(&home), 4);
        let has = |profile| {
            files(&home, profile)
                .read(key.thumbprint())
                .unwrap()
                .is_some()
        };
        assert!(!has("tv") && has("tv.den") && has("tv2"));
        files(&home, "tv.den").remove(key.thumbprint());
        assert!(!has("tv.den") && has("tv2"));
    }
}
