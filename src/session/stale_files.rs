//! Files in the folder of accounts that belong to no account any more, and their removal.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::account_file::{AccountFile, ReadError, profile_name};
use super::key_file::is_thumbprint;
use super::pin::PinFile;
use super::{Account, Accounts, cache_dir};
use crate::host::atomic_file;

/// What a file is, by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `NAME.json`
    Account,
    /// `NAME.json.corrupt-N`, `NAME.json.other-N`: kept aside, with whatever tokens it holds.
    Aside,
    /// `NAME.THUMBPRINT.key`
    Key,
    /// `NAME.pin`
    Pin,
    /// `.NAME.json.CHANCE.tmp`, `.NAME.pin.CHANCE.tmp`: what a kill left behind.
    Temporary,
}

impl Accounts {
    /// Every account on this device, of whichever server and client. `None` where a file cannot be read now: it may be
    /// one. A broken file is none.
    pub fn all_on_device(&self) -> Option<Vec<Account>> {
        if let Err(error) = self.can_be_listed() {
            tracing::debug!(%error, "who is on this device cannot be told");
            return None;
        }
        let mut here = Vec::new();
        for profile in self.profiles() {
            match self.account_file(&profile).read() {
                Ok(Some(record)) => here.push(record.account(&profile, None)),
                Ok(None) | Err(ReadError::Broken(_)) => {}
                Err(error) => {
                    tracing::debug!(%error, "who is on this device cannot be told");
                    return None;
                }
            }
        }
        Some(here)
    }

    /// Removes what belongs to no account on this device: cached content, temporary files, keys and PINs of former
    /// sessions, and the mark of who was here last. Files that were kept aside stay until a sign-out. What another
    /// process is at work with is left alone. Reads files: not for the thread of the screen.
    pub fn sweep(&self) {
        self.sweep_files();
        if let Some(here) = self.all_on_device() {
            cache_dir::sweep(&self.cache_root, &here);
        }
    }

    fn sweep_files(&self) {
        for (profile, kinds) in files(&self.folder()) {
            let has = |kind| kinds.iter().any(|(found, _)| *found == kind);
            if !(has(Kind::Key) || has(Kind::Pin) || has(Kind::Temporary)) {
                continue;
            }
            let file = self.account_file(&profile);
            // A sign-in writes the key first and then the account, both under the lock.
            let Ok(Some(_lock)) = file.try_lock() else {
                continue;
            };
            file.sweep();
            match file.read() {
                Ok(Some(record)) => {
                    if !has(Kind::Aside) {
                        file.keys().remove_all_but(record.dpop_jkt.as_deref());
                    }
                    let key = record.account(&profile, None).key();
                    if PinFile::new(file.folder(), &profile).is_of_another(&key) {
                        file.forget_pin();
                    }
                }
                Ok(None) => {
                    if !has(Kind::Aside) {
                        file.keys().remove_all();
                    }
                    file.forget_pin();
                }
                Err(_) => {}
            }
        }
        if let Some(profile) = self.last_used()
            && self.account_file(&profile).is_free()
        {
            self.forget_last_use();
        }
    }

    /// Profiles of which anything is here, in order of name.
    pub(super) fn profiles_with_anything(&self) -> Vec<String> {
        let mut found: Vec<_> = files(&self.folder()).into_keys().collect();
        // What cannot be looked into is told by the first who leaves.
        if found.is_empty() && self.can_be_listed().is_err() {
            found.push("default".to_owned());
        }
        found
    }

    /// What a sweep and a sign-out would remove: files that may hold tokens of sessions that are over, kept aside or
    /// left behind by a kill, and folders of content of accounts that are not on this device.
    pub fn left_over(&self) -> Vec<PathBuf> {
        let all = files(&self.folder()).into_values().flatten();
        let mut found: Vec<_> = all
            .filter(|(kind, _)| matches!(kind, Kind::Aside | Kind::Temporary))
            .map(|(_, path)| path)
            .collect();
        if let Some(here) = self.all_on_device() {
            found.extend(cache_dir::of_others(&self.cache_root, &here));
        }
        found
    }
}

impl AccountFile {
    /// Files of this profile that may hold tokens beside those of its account: kept aside, or left by a kill between
    /// writing and renaming.
    pub(super) fn asides(&self) -> Vec<PathBuf> {
        let is_aside = |(kind, path): &(Kind, PathBuf)| match kind {
            Kind::Aside => true,
            Kind::Temporary => Self::read_aside(path).is_some(),
            Kind::Account | Kind::Key | Kind::Pin => false,
        };
        let files = self.files().into_iter().filter(is_aside);
        files.map(|(_, path)| path).collect()
    }

    /// Removes temporary files that a kill left behind. Only under the lock: another process may be writing.
    pub(super) fn sweep(&self) {
        if self.is_torn() {
            return;
        }
        for path in self.temporaries() {
            if let Err(error) = fs::remove_file(path) {
                tracing::warn!(%error, "could not remove a left-over temporary file");
            }
        }
    }

    /// Whether the account is what a temporary file says: its own was torn while it was written over.
    fn is_torn(&self) -> bool {
        atomic_file::is_mounted(&self.path())
            && !atomic_file::stands_for_none(
                &self.path(),
                fs::metadata(self.path()).map_or(0, |found| found.len()),
            )
            && Self::read_aside(&self.path()).is_none()
    }

    /// Files that are being written, or that a kill left behind.
    pub(super) fn temporaries(&self) -> Vec<PathBuf> {
        let files = self.files().into_iter();
        let temporary = files.filter(|(kind, _)| *kind == Kind::Temporary);
        temporary.map(|(_, path)| path).collect()
    }

    fn files(&self) -> Vec<(Kind, PathBuf)> {
        files(self.folder())
            .remove(self.profile())
            .unwrap_or_default()
    }
}

/// The files of every profile in `folder`, in order of name.
fn files(folder: &Path) -> BTreeMap<String, Vec<(Kind, PathBuf)>> {
    let mut found: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if let Some((profile, kind)) = entry.file_name().to_str().and_then(of) {
            let files = found.entry(profile.to_owned()).or_default();
            files.push((kind, entry.path()));
        }
    }
    for files in found.values_mut() {
        files.sort_by(|(_, one), (_, other)| one.cmp(other));
    }
    found
}

/// The profile that a file belongs to, and what it is.
fn of(name: &str) -> Option<(&str, Kind)> {
    let (profile, kind) = if let Some(hidden) = name.strip_prefix('.') {
        let (of, _chance) = hidden.strip_suffix(".tmp")?.rsplit_once('.')?;
        let profile = of.strip_suffix(".json").or_else(|| of.strip_suffix(".pin"));
        (profile?, Kind::Temporary)
    } else if let Some(profile) = name.strip_suffix(".json") {
        (profile, Kind::Account)
    } else if let Some(profile) = name.strip_suffix(".pin") {
        (profile, Kind::Pin)
    } else if let Some(key) = name.strip_suffix(".key") {
        let (profile, thumbprint) = key.rsplit_once('.')?;
        (is_thumbprint(thumbprint).then_some(profile)?, Kind::Key)
    } else {
        let (account, why) = name.rsplit_once('.')?;
        let (word, number) = why.rsplit_once('-')?;
        let is_aside = !word.is_empty()
            && word.bytes().all(|byte| byte.is_ascii_lowercase())
            && !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit());
        let profile = account.strip_suffix(".json").filter(|_| is_aside)?;
        (profile, Kind::Aside)
    };
    profile_name(profile).is_ok().then_some((profile, kind))
}

#[cfg(test)]
mod tests {
    use super::super::Pin;
    use super::super::account_record::tests::record;
    use super::*;
    use device_flow::dpop::Key;

    #[test]
    fn every_file_is_of_the_profile_that_its_name_says() {
        let key = format!("tv.den.{}.key", "a".repeat(43));
        for (name, expected) in [
            ("default.json", Some(("default", Kind::Account))),
            ("default.json.json", Some(("default.json", Kind::Account))),
            ("default.json.corrupt-1", Some(("default", Kind::Aside))),
            ("default.json.other-12", Some(("default", Kind::Aside))),
            (
                "default.json.json.other-1",
                Some(("default.json", Kind::Aside)),
            ),
            ("default.pin", Some(("default", Kind::Pin))),
            (&key, Some(("tv.den", Kind::Key))),
            (
                ".default.json.Ab3dE6.tmp",
                Some(("default", Kind::Temporary)),
            ),
            (
                ".default.pin.Ab3dE6.tmp",
                Some(("default", Kind::Temporary)),
            ),
            (
                ".default.json.json.Ab3dE6.tmp",
                Some(("default.json", Kind::Temporary)),
            ),
            // Nothing of ours, or nothing of anybody.
            ("default.json.bak", None),
            ("default.json.bak-", None),
            ("default.lock", None),
            ("last-used", None),
            ("tv.short.key", None),
            (".last-used.Ab3dE6.tmp", None),
            ("not a profile.json", None),
            ("notes.txt", None),
            (".tmp", None),
            ("", None),
        ] {
            assert_eq!(of(name), expected, "{name}");
        }
    }

    #[test]
    fn a_sweep_takes_what_is_of_nobody_and_leaves_the_rest() {
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(home.path(), &home.path().join("cache"));
        let (ada, gone) = (accounts.account_file("ada"), accounts.account_file("gone"));
        let (own, former) = (Key::generate().unwrap(), Key::generate().unwrap());
        let mut account = record(1);
        account.dpop_jkt = Some(own.thumbprint().to_owned());
        account.key = Some(std::sync::Arc::new(own));
        ada.write(&account).unwrap();
        ada.keys().keep(&former, ".ada.json.").unwrap();
        let pin = Pin::new([1, 2, 3, 4]);
        accounts
            .pins()
            .set(&account.account("ada", None), &pin)
            .unwrap();
        accounts
            .pins()
            .set(&account.account("gone", None), &pin)
            .unwrap();
        gone.keys().keep(&former, ".gone.json.").unwrap();
        accounts.note_use("gone");
        let put = |name: &str| fs::write(accounts.folder().join(name), "x").unwrap();
        for name in [
            ".gone.json.abc.tmp",
            ".ada.json.abc.tmp",
            ".ada.pin.abc.tmp",
        ] {
            put(name);
        }
        put("broken.json");
        put("broken.pin");
        put("aside.json.other-1");
        put("notes.txt");
        accounts.sweep();
        let mut left: Vec<_> = fs::read_dir(accounts.folder())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| !name.ends_with(".lock") && !name.ends_with(".key"))
            .collect();
        left.sort();
        let expected = [
            "ada.json",
            "ada.pin",
            "aside.json.other-1",
            "broken.json",
            "broken.pin",
            "notes.txt",
        ];
        assert_eq!(left, expected);
        let keys = |file: &AccountFile| file.keys().read(former.thumbprint()).unwrap().is_some();
        assert!(!keys(&ada) && !keys(&gone));
        let Some(back) = ada.read().unwrap() else {
            panic!("no account");
        };
        assert!(back.key.is_some(), "the key in use stays");
        assert_eq!(
            accounts.left_over(),
            [accounts.folder().join("aside.json.other-1")]
        );
        assert_eq!(accounts.all_on_device().map(|here| here.len()), Some(1));
    }

    #[test]
    fn a_pin_of_whoever_was_on_the_profile_before_goes() {
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(home.path(), &home.path().join("cache"));
        let ada = record(1).account("default", None);
        accounts.pins().set(&ada, &Pin::new([1, 2, 3, 4])).unwrap();
        let mut kofi = record(2);
        kofi.subject = "kofi".to_owned();
        accounts.account_file("default").write(&kofi).unwrap();
        accounts.sweep();
        assert!(!accounts.folder().join("default.pin").exists());
    }

    #[tokio::test]
    async fn what_another_process_is_at_work_with_is_left_alone() {
        let home = tempfile::tempdir().unwrap();
        let accounts = Accounts::new(home.path(), &home.path().join("cache"));
        let file = accounts.account_file("default");
        let other = file.lock().await.unwrap();
        let key = Key::generate().unwrap();
        file.keys().keep(&key, ".default.json.").unwrap();
        accounts.sweep();
        assert!(file.keys().read(key.thumbprint()).unwrap().is_some());
        drop(other);
        accounts.sweep();
        assert!(file.keys().read(key.thumbprint()).unwrap().is_none());
    }
}
