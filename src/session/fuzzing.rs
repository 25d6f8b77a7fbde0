//! What may be in an account file, read without a disk, for a fuzz target.

use std::time::{Duration, SystemTime};

use super::account_record::{AccountRecord, unix};
use super::shared::life_of;
use super::token_state::TokenState;

/// What was made of the bytes of an account file.
#[derive(Debug)]
pub struct Read {
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
    let record = AccountRecord::parse(bytes).map_err(|error| error.to_string())?;
    let wall = SystemTime::now();
    let mut state = TokenState::new(record.clone(), life_of(&record), true, None);
    let now = std::time::Instant::now();
    for later in [Duration::ZERO, Duration::from_secs(86_400)] {
        let _ = state.postpones(now + later, unix(wall));
        let _ = state.decide(now + later);
    }
    Ok(Read {
        written: serde_json::to_vec_pretty(&record.refreshing(wall))
            .map_err(|error| error.to_string())?,
        debug: format!("{state:?}"),
    })
}
