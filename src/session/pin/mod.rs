//! A PIN per account: four digits that the screen asks for before it shows what is theirs.
//!
//! It guards the screen, not the file: a process that can read the account file has the tokens. With ten thousand
//! possible PINs no hash could change that; a slow one keeps the digits themselves, which people use
//! elsewhere too, from being read at a glance.
//!
//! Wrong tries are counted on disk *before* the PIN is looked at, so that pulling the plug wins nothing. How
//! long to wait is measured on the monotonic clock alone: a wrong clock neither shortens nor lengthens it,
//! and a restart begins the wait anew.

mod file;
mod lockout;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use secrecy::{ExposeSecret, SecretBox};

pub(super) use self::file::PinFile;
use self::file::{Found, Hash};
use self::lockout::Lockouts;
use super::{Account, Error};

/// Four digits. Never shown, not even by `Debug`.
#[derive(Debug)]
pub struct Pin(SecretBox<[u8; Pin::LENGTH]>);

impl Pin {
    /// Digits of a PIN.
    pub const LENGTH: usize = 4;

    /// A PIN of these digits, each 0 to 9.
    pub fn new(digits: [u8; Self::LENGTH]) -> Self {
        Self(SecretBox::new(Box::new(digits)))
    }

    /// Whether both are the same digits.
    pub fn is(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }
}

/// What is known of an account's PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PinState {
    /// None is asked for.
    NotSet,
    /// It may be tried now.
    Ready,
    /// Too many were wrong: it may be tried again at this time.
    Wait(Instant),
    /// There is one, but it cannot be read: no PIN fits. Signing in again clears it.
    Unreadable,
}

/// What came of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is the PIN, or none is set.
    Right,
    /// It is not.
    Wrong {
        /// Tries before the next wait; none where it begins now.
        left: u32,
    },
    /// It was not looked at: see [`PinState::Wait`].
    Wait(Instant),
    /// See [`PinState::Unreadable`].
    Unreadable,
}

/// The PINs in the folder of accounts. Clones share the lockouts.
#[derive(Debug, Clone)]
pub struct Pins {
    folder: PathBuf,
    lockouts: Arc<Mutex<Lockouts>>,
}

impl Pins {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            lockouts: Arc::default(),
        }
    }

    /// What is known of the PIN of `account`. Reads a file.
    pub fn state(&self, account: &Account) -> PinState {
        match self.file_of(account).read(&account.key()) {
            Found::Nothing => PinState::NotSet,
            Found::Unreadable => PinState::Unreadable,
            Found::Hash(hash) => {
                let now = Instant::now();
                match self.lockouts().until(&account.key(), hash.wrong_tries, now) {
                    Some(until) => PinState::Wait(until),
                    None => PinState::Ready,
                }
            }
        }
    }

    /// Sets or changes the PIN of `account`. Slow by intent: a fraction of a second.
    ///
    /// # Errors
    /// [`Error::Storage`] when it cannot be written; then the one before still counts.
    pub fn set(&self, account: &Account, pin: &Pin) -> Result<(), Error> {
        let file = self.file_of(account);
        let hash = Hash::new(pin, &account.key()).ok_or_else(|| file.error("no hash"))?;
        file.write(&hash)?;
        self.lockouts().forget(&account.key());
        Ok(())
    }

    /// Asks for no PIN any more.
    ///
    /// # Errors
    /// [`Error::Storage`] when the file cannot be removed; then it is still asked for.
    pub fn remove(&self, account: &Account) -> Result<(), Error> {
        self.file_of(account).remove()?;
        self.lockouts().forget(&account.key());
        Ok(())
    }

    /// Tries `pin`. Slow by intent: a fraction of a second.
    pub fn attempt(&self, account: &Account, pin: &Pin) -> Verdict {
        let (file, key) = (self.file_of(account), account.key());
        let mut hash = match file.read(&key) {
            Found::Nothing => return Verdict::Right,
            Found::Unreadable => return Verdict::Unreadable,
            Found::Hash(hash) => hash,
        };
        if let Some(until) = self
            .lockouts()
            .until(&key, hash.wrong_tries, Instant::now())
        {
            return Verdict::Wait(until);
        }
        let wrong = self
            .lockouts()
            .count(&key, hash.wrong_tries, Instant::now());
        hash.wrong_tries = wrong;
        if let Err(error) = file.write(&hash) {
            // A full disk must not lock a person out; this process still counts.
            tracing::warn!(%error, "tries of a PIN are counted in memory only");
        }
        if !hash.fits(pin) {
            return Verdict::Wrong {
                left: lockout::tries_left(wrong),
            };
        }
        hash.wrong_tries = 0;
        if let Err(error) = file.write(&hash) {
            tracing::warn!(%error, "the count of a PIN's tries cannot be reset");
        }
        self.lockouts().forget(&key);
        Verdict::Right
    }

    fn file_of(&self, account: &Account) -> PinFile {
        PinFile::new(&self.folder, &account.profile)
    }

    fn lockouts(&self) -> MutexGuard<'_, Lockouts> {
        self.lockouts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
