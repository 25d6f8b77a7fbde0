//! Accounts on disk and their life: sign-in, refresh, sign-out.

mod access_token;
mod account;
mod account_check;
mod account_file;
mod account_record;
mod accounts;
mod cache_dir;
mod destination;
mod error;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod inspect;
mod key_file;
mod live_session;
mod lock;
mod permissions;
mod pin;
mod refresh;
mod schedule;
mod server;
pub mod sign_in;
mod sign_out;
mod stale_files;
mod storage_check;
mod token_state;

use crate::host::atomic_file;

pub use access_token::AccessToken;
pub use account::Account;
pub use account_check::Witness;
pub use account_file::{Accounts, Restored, profile_name};
pub use accounts::{Found, Listed};
pub use cache_dir::CacheDir;
pub use destination::Destination;
pub use error::Error;
pub use inspect::{Inspection, Lock};
pub use live_session::{SETTLE, Session};
pub use pin::{Pin, PinState, Verdict};
pub use sign_in::sign_in;
pub use sign_out::{ProfileSignOut, RemovedFile, SignOut};

/// For tests that compare what came with what was sent.
#[cfg(test)]
pub(crate) fn reveal(secret: &secrecy::SecretString) -> &str {
    secrecy::ExposeSecret::expose_secret(secret)
}
