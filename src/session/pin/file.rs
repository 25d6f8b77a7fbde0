//! `accounts/NAME.pin`: a slow salted hash and the count of wrong tries.
//!
//! It names its account, so that no account is guarded by the PIN of the one that was on the profile before.

use std::io;
use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use secrecy::ExposeSecret;
use secrecy::zeroize::Zeroizing;
use serde::{Deserialize, Serialize};

use super::super::Error;
use super::Pin;
use crate::host::atomic_file;
use crate::host::regular_file::{self, Links};

/// More bytes than the file of any PIN has.
const LARGEST: u64 = 16 * 1024;
const SCHEMA: u32 = 1;
/// Memory of Argon2id in KiB, and passes over it: one of the settings that the OWASP Password Storage Cheat
/// Sheet holds equal. Nine megabytes are there on the smallest box, for a fraction of a second.
const MEMORY_KIB: u32 = 9 * 1024;
const PASSES: u32 = 4;
/// What a file may ask of us at most.
const MOST_MEMORY_KIB: u32 = 64 * 1024;
const MOST_PASSES: u32 = 16;
const SALT: usize = 16;
const HASH: usize = 32;

/// The content of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Hash {
    schema: u32,
    /// [`Account::key`](crate::session::Account::key) of whose PIN it is.
    account: String,
    memory_kib: u32,
    passes: u32,
    salt: String,
    hash: String,
    pub(super) wrong_tries: u32,
}

impl Hash {
    /// The hash of a new PIN; `None` where the system gives no randomness or no memory.
    pub(super) fn new(pin: &Pin, account: &str) -> Option<Self> {
        let mut salt = [0; SALT];
        aws_lc_rs::rand::fill(&mut salt).ok()?;
        let hash = digest(pin, &salt, MEMORY_KIB, PASSES)?;
        Some(Self {
            schema: SCHEMA,
            account: account.to_owned(),
            memory_kib: MEMORY_KIB,
            passes: PASSES,
            salt: STANDARD_NO_PAD.encode(salt),
            hash: STANDARD_NO_PAD.encode(*hash),
            wrong_tries: 0,
        })
    }

    /// Whether `pin` is the one. Slow by intent.
    pub(super) fn fits(&self, pin: &Pin) -> bool {
        let Some((salt, hash)) = self.decoded() else {
            return false;
        };
        digest(pin, &salt, self.memory_kib, self.passes)
            .is_some_and(|found| verify_slices_are_equal(&*found, &hash).is_ok())
    }

    fn decoded(&self) -> Option<(Vec<u8>, Vec<u8>)> {
        let salt = STANDARD_NO_PAD.decode(&self.salt).ok()?;
        let hash = STANDARD_NO_PAD.decode(&self.hash).ok()?;
        let sound = self.schema == SCHEMA
            && (8..=MOST_MEMORY_KIB).contains(&self.memory_kib)
            && (1..=MOST_PASSES).contains(&self.passes)
            && salt.len() == SALT
            && hash.len() == HASH;
        sound.then_some((salt, hash))
    }
}

fn digest(pin: &Pin, salt: &[u8], memory_kib: u32, passes: u32) -> Option<Zeroizing<[u8; HASH]>> {
    let params = Params::new(memory_kib, passes, 1, Some(HASH)).ok()?;
    let mut hash = Zeroizing::new([0; HASH]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(pin.0.expose_secret(), salt, &mut *hash)
        .ok()?;
    Some(hash)
}

/// What a file holds for an account.
pub(super) enum Found {
    /// No PIN of this account.
    Nothing,
    Hash(Hash),
    /// A PIN that cannot be read.
    Unreadable,
}

/// The file of one profile.
pub(in crate::session) struct PinFile {
    folder: PathBuf,
    path: PathBuf,
    prefix: String,
}

impl PinFile {
    pub(in crate::session) fn new(folder: &Path, profile: &str) -> Self {
        Self {
            folder: folder.to_owned(),
            path: folder.join(format!("{profile}.pin")),
            prefix: format!(".{profile}.pin."),
        }
    }

    pub(super) fn read(&self, account: &str) -> Found {
        let text = match regular_file::read_text(&self.path, LARGEST, Links::Refused) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Found::Nothing,
            Err(error) => {
                tracing::warn!(path = %self.path.display(), %error, "a PIN cannot be read");
                return Found::Unreadable;
            }
        };
        match serde_json::from_str::<Hash>(&text) {
            Ok(hash) if hash.account != account => Found::Nothing,
            Ok(hash) if hash.decoded().is_some() => Found::Hash(hash),
            Ok(_) | Err(_) => {
                tracing::warn!(path = %self.path.display(), "not a PIN's file");
                Found::Unreadable
            }
        }
    }

    /// Whether it is for certain the PIN of another account than `account`.
    pub(in crate::session) fn is_of_another(&self, account: &str) -> bool {
        let text = regular_file::read_text(&self.path, LARGEST, Links::Refused).ok();
        let hash = text.and_then(|text| serde_json::from_str::<Hash>(&text).ok());
        hash.is_some_and(|hash| hash.account != account)
    }

    pub(super) fn write(&self, hash: &Hash) -> Result<(), Error> {
        let write = || -> io::Result<()> {
            let mut content = serde_json::to_vec_pretty(hash)?;
            content.push(b'\n');
            atomic_file::replace(&self.folder, &self.path, &self.prefix, &content)
        };
        write().map_err(|error| self.error(&error.to_string()))
    }

    /// No file is a success.
    pub(in crate::session) fn remove(&self) -> Result<(), Error> {
        atomic_file::remove(&self.path).map_err(|error| self.error(&error.to_string()))
    }

    pub(super) fn error(&self, cause: &str) -> Error {
        Error::storage(&self.path, cause)
    }
}
