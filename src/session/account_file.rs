//! `accounts/NAME.json`: where sessions live.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::account_record::AccountRecord;
use super::key_file::KeyFiles;
use super::pin::{Lockouts, PinFile};
use super::{Error, Session};
use super::{atomic_file, permissions, stale_files};
use crate::oauth;

/// Largest account file that is read; a real one has a few kilobytes.
pub(super) const LARGEST: u64 = 1024 * 1024;

/// How much longer than the file of today, in bytes, that of tomorrow may be.
const ROOM: usize = 1024;

/// The folder of accounts in the user's config directory.
#[derive(Debug, Clone)]
pub struct Accounts {
    pub(super) config_dir: PathBuf,
    /// The user cache directory, in which each account has a folder for content of its own.
    pub(super) cache_root: PathBuf,
    /// Lockouts after wrong PINs; clones share them.
    lockouts: Arc<Mutex<Lockouts>>,
}

/// What was found for a profile.
#[derive(Debug)]
pub enum Restored {
    /// Nobody has signed in.
    Nobody,
    /// A session of this issuer and client.
    SignedIn(Session),
    /// The session of another issuer or client, left where it is.
    Foreign {
        /// Its issuer.
        issuer: String,
        /// Its client.
        client_id: String,
    },
    /// A file that does not parse. It was kept aside.
    SetAside {
        /// Where it lies now.
        kept: PathBuf,
        /// What was wrong with it.
        why: String,
    },
}

impl Accounts {
    /// The accounts under the user config directory `config_dir`, whose content is cached under the user cache
    /// directory `cache_root`.
    pub fn new(config_dir: &Path, cache_root: &Path) -> Self {
        Self {
            config_dir: config_dir.to_owned(),
            cache_root: cache_root.to_owned(),
            lockouts: Arc::default(),
        }
    }

    /// The file of a profile.
    pub fn file(&self, profile: &str) -> PathBuf {
        self.folder().join(format!("{profile}.json"))
    }

    /// Profiles that have a file, in order of name.
    pub fn profiles(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.folder()) else {
            return Vec::new();
        };
        let mut names: Vec<String> = entries
            .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
            .filter_map(|name| name.strip_suffix(".json").map(str::to_owned))
            .filter(|name| profile_name(name).is_ok())
            .collect();
        names.sort();
        names
    }

    /// Narrows the modes of the config directory and of what lies in it, best effort.
    pub fn repair_modes(&self) {
        permissions::repair(&self.config_dir);
    }

    /// Repairs modes and reads the session of a profile.
    ///
    /// # Errors
    /// [`Error::Storage`] when a file is there but may not be read.
    pub fn restore(&self, client: &oauth::Client, profile: &str) -> Result<Restored, Error> {
        self.repair_modes();
        let file = self.account_file(profile);
        match file.read()? {
            Content::Nothing => Ok(Restored::Nobody),
            Content::Broken(why) => match file.set_broken_aside() {
                // Somebody has put a good one in its place meanwhile.
                Ok(None) => self.restore(client, profile),
                Ok(Some(kept)) => Ok(Restored::SetAside { kept, why }),
                Err(error) => {
                    tracing::warn!(%error, "could not keep the broken account file aside");
                    let kept = file.path();
                    Ok(Restored::SetAside { kept, why })
                }
            },
            Content::Account(record) => {
                Ok(if record.belongs_to(&client.issuer(), client.client_id()) {
                    Restored::SignedIn(Session::restored(
                        std::sync::Arc::new(client.clone()),
                        file,
                        *record,
                    ))
                } else {
                    Restored::Foreign {
                        issuer: record.issuer,
                        client_id: record.client_id,
                    }
                })
            }
        }
    }

    pub(super) fn account_file(&self, profile: &str) -> AccountFile {
        AccountFile {
            folder: self.folder(),
            cache_root: self.cache_root.clone(),
            profile: profile.to_owned(),
        }
    }

    /// The folder that they are in.
    pub fn folder(&self) -> PathBuf {
        self.config_dir.join("accounts")
    }

    pub(super) fn lockouts(&self) -> MutexGuard<'_, Lockouts> {
        self.lockouts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

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

/// What lies in an account file.
#[derive(Debug)]
pub(super) enum Content {
    Nothing,
    Account(Box<AccountRecord>),
    Broken(String),
}

/// The file of one profile and its lock.
#[derive(Debug, Clone)]
pub(super) struct AccountFile {
    folder: PathBuf,
    cache_root: PathBuf,
    profile: String,
}

impl AccountFile {
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

    /// Whether nothing at all lies under this name.
    pub(super) fn is_free(&self) -> bool {
        let found = fs::symlink_metadata(self.path());
        found.is_err_and(|error| {
            let kind = error.kind();
            // There may be no folder where it would lie.
            matches!(kind, io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
        })
    }

    pub(super) fn read(&self) -> Result<Content, Error> {
        let path = self.path();
        // To open a pipe would be to wait for whoever writes to it.
        if fs::metadata(&path).is_ok_and(|found| !found.is_file() && !found.is_dir()) {
            return Ok(Content::Broken("not a file".to_owned()));
        }
        let file = match permissions::open_now(File::options().read(true), &path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Content::Nothing),
            Err(error) => return Err(storage(&path, &error)),
        };
        let mut bytes = Vec::new();
        match file.take(LARGEST + 1).read_to_end(&mut bytes) {
            Ok(_) if bytes.len() as u64 > LARGEST => {
                Ok(Content::Broken("larger than 1 MiB".to_owned()))
            }
            Ok(_) => Ok(match AccountRecord::parse(&bytes) {
                Ok(mut record) => {
                    if let Some(name) = &record.dpop_jkt {
                        let key = self.keys().read(name);
                        record.key = key.map_err(|error| storage(&path, &error))?.map(Arc::new);
                    }
                    Content::Account(Box::new(record))
                }
                Err(why) => Content::Broken(why.to_string()),
            }),
            Err(error) if error.kind() == io::ErrorKind::IsADirectory => {
                Ok(Content::Broken("a directory".to_owned()))
            }
            Err(error) => Err(storage(&path, &error)),
        }
    }

    /// Replaces the file durably, or makes it, after the file of the key that it names.
    pub(super) fn write(&self, record: &AccountRecord) -> Result<(), Error> {
        self.put(record, 0, atomic_file::replace)
            .map_err(|error| storage(&self.path(), &error))
    }

    /// Replaces the file durably where it is still there; `false` where somebody has signed out meanwhile.
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
            Err(error) => Err(storage(&self.path(), &error)),
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
        put(&self.folder, &self.path(), &prefix, &content)
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
        let path = self.path();
        let removed = stale_files::remove(&path);
        self.keys().remove_all();
        self.forget_pin();
        removed.map_err(|error| storage(&path, &error))
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

    /// Another account in the place of that of `record`: somebody has signed in there without the lock that is held
    /// here, as happens where that was removed or cannot be had.
    fn successor_of(&self, record: &AccountRecord) -> Option<Box<AccountRecord>> {
        match self.read() {
            Ok(Content::Account(found)) if !found.same_account(record) => Some(found),
            Ok(_) | Err(_) => None,
        }
    }

    /// What lies in a file that was kept aside.
    pub(super) fn read_aside(path: &Path) -> Option<AccountRecord> {
        if !fs::metadata(path).ok()?.is_file() {
            return None;
        }
        let mut bytes = Vec::new();
        let _ = File::open(path).ok()?.take(LARGEST).read_to_end(&mut bytes);
        AccountRecord::parse(&bytes).ok()
    }

    /// Sets the file aside if it is broken, under the lock: another process may be replacing it with a good one, and
    /// where that one holds the lock the file stays to it. `None` where it is not broken any more.
    pub(super) fn set_broken_aside(&self) -> Result<Option<PathBuf>, Error> {
        let _lock = self.try_lock().map_err(|error| {
            let cause = format!("another process is at work with it: {error}");
            storage(&self.path(), &io::Error::other(cause))
        })?;
        match self.read()? {
            Content::Broken(_) => {
                let kept = self.set_aside("corrupt");
                kept.map(Some)
                    .map_err(|error| storage(&self.path(), &error))
            }
            Content::Nothing | Content::Account(_) => Ok(None),
        }
    }

    /// Renames the file to `NAME.json.WHY-N` with the first free N, and tells where it is now.
    pub(super) fn set_aside(&self, why: &str) -> io::Result<PathBuf> {
        atomic_file::set_aside(&self.path(), why)
    }

    /// Removes temporary files that a kill left behind. Only under the lock: another process may be writing.
    pub(super) fn sweep(&self) {
        let prefixes = [self.temporary_prefix(), format!(".{}.pin.", self.profile)];
        let Ok(entries) = fs::read_dir(&self.folder) else {
            return;
        };
        for entry in entries.flatten() {
            let name = entry.file_name();
            // The part made by chance holds no dot; what does belongs to a profile whose name begins alike.
            let left_over = name
                .to_str()
                .and_then(|name| {
                    let name = name.strip_suffix(".tmp")?;
                    prefixes.iter().find_map(|prefix| name.strip_prefix(prefix))
                })
                .is_some_and(|chance| !chance.contains('.'));
            if left_over && let Err(error) = fs::remove_file(entry.path()) {
                tracing::warn!(%error, "could not remove a left-over temporary file");
            }
        }
    }

    pub(super) fn temporary_prefix(&self) -> String {
        format!(".{}.json.", self.profile)
    }
}

pub(super) fn storage(path: &Path, error: &io::Error) -> Error {
    Error::Storage {
        path: path.display().to_string(),
        cause: error.to_string(),
    }
}

#[cfg(test)]
mod tests;
