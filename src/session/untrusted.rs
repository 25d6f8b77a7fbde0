//! What may lie in an account file, read without a disk: the door that a fuzz target knocks at.

use std::time::{Duration, SystemTime};

use super::Account;
use super::held::Held;
use super::live::life_of;
use super::stored::{Stored, unix};

/// What was made of the bytes of an account file.
#[derive(Debug)]
pub struct Read {
    /// What may be shown of it.
    pub account: Account,
    /// What is written when something in it changes.
    pub written: Vec<u8>,
    /// How it appears in a log.
    pub debug: String,
}

/// Reads an account file.
///
/// # Errors
/// What is wrong with it, as it is told.
pub fn account_file(bytes: &[u8]) -> Result<Read, String> {
    let stored = Stored::parse(bytes).map_err(|error| error.to_string())?;
    let wall = SystemTime::now();
    let mut held = Held::new(stored.clone(), life_of(&stored), true, None);
    let now = std::time::Instant::now();
    for later in [Duration::ZERO, Duration::from_secs(86_400)] {
        let _ = held.puts_off(now + later, unix(wall));
        let _ = held.decide(now + later);
    }
    Ok(Read {
        account: stored.account("default", None),
        written: serde_json::to_vec_pretty(&stored.refreshing(wall))
            .map_err(|error| error.to_string())?,
        debug: format!("{held:?}"),
    })
}
