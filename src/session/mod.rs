//! Accounts on disk and their life: sign-in, refresh, sign-out.
//!
//! In the order in which they are best read; each module uses those above it.
//!
//! What an account is:
//! * `account`: what may be shown of an account, and the key that names what belongs to it. `access_token`: what a call
//!   to the API is authorised with. `error`: why there is none.
//! * `account_record`: the content of `accounts/NAME.json`, and how a refresh changes it.
//! * `schedule`: when an access token is due, over, or in doubt; how long to wait after failures.
//! * `token_state`: the tokens in hand and what to do with them, pure: use, refuse, or refresh first.
//!
//! What is on disk, each file with its rules:
//! * `permissions`: the modes of the config directory. `lock`: one process at a time changes an account.
//! * `key_file`: the DPoP key of an account. `pin`: its PIN and the lockout after wrong ones.
//! * `account_file`: an account file: read, written atomically, set aside, removed. `storage_check` finds out whether it
//!   could be written before a person is asked to sign in.
//! * `account_state`: what is in the file of a profile, as one configuration sees it.
//! * `accounts`: the profiles of this device, what is in each, and which was used last.
//! * `account_check`: whether an account is still the one on disk. `destination`: the profile of a new sign-in.
//!
//! A session in use:
//! * `server`: what a session asks of the authorization server. `shared`: what the clones of a session share.
//! * `refresh`: one refresh: lock, read again, note, present the token, write, use. In that order, whatever fails.
//! * `live_session`: a session in use: an access token when one is asked for, and refreshes ahead of expiry.
//! * `shutdown`: the end of the process, which loses no token that a refresh in flight brings.
//! * `guest`: a session that is in memory alone, until its person wants to stay.
//! * `cache_dir`: where content of an account is cached, until it is signed out. `stale_files`: what is left of accounts
//!   that are gone, and its removal.
//! * `sign_out` and `sign_in`: how all of this begins and ends.
//! * `fuzzing`: what the fuzz targets call.

mod access_token;
mod account;
mod account_check;
mod account_file;
mod account_record;
mod account_state;
mod accounts;
mod cache_dir;
mod destination;
mod error;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
mod guest;
mod key_file;
mod life;
mod live_session;
mod lock;
#[cfg(test)]
mod on_disk_tests;
mod permissions;
mod pin;
mod refresh;
mod schedule;
mod server;
mod shared;
mod shutdown;
pub mod sign_in;
mod sign_out;
#[cfg(test)]
pub(crate) mod simulated;
mod stale_files;
mod storage_check;
mod token_state;

pub use access_token::AccessToken;
pub use account::Account;
pub use account_file::profile_name;
pub use account_state::AccountState;
pub use accounts::{Accounts, Listed};
pub use cache_dir::CacheDir;
pub use destination::Destination;
pub use error::Error;
pub use live_session::Session;
pub use lock::LockStatus;
pub use pin::{Pin, PinState, Verdict};
pub use shared::was_ended_here;
pub use shutdown::SHUTDOWN_LIMIT;
pub use sign_in::sign_in;
pub use sign_out::{ProfileSignOut, RemovedFile, SignOut};

/// For tests that compare what came with what was sent.
#[cfg(test)]
pub(crate) fn reveal(secret: &secrecy::SecretString) -> &str {
    secrecy::ExposeSecret::expose_secret(secret)
}
