//! Accounts on disk and their life: sign-in, refresh, sign-out.

mod access_token;
mod account;
mod error;
mod farewell;
mod held;
mod inspect;
mod key_file;
mod leftovers;
mod live;
mod lock;
mod modes;
mod pin;
mod place;
mod refresh;
mod rehearsal;
mod roster;
mod schedule;
mod server;
pub mod sign_in;
mod standing;
mod store;
mod stored;
#[doc(hidden)]
pub mod untrusted;

use crate::host::durable;

pub use access_token::AccessToken;
pub use account::Account;
pub use error::Error;
pub use farewell::{Farewell, Forgotten};
pub use inspect::{Inspection, Lock};
pub use live::{SETTLE, Session, SignOut};
pub use pin::{Pin, PinState, Verdict};
pub use place::Place;
pub use roster::{Found, Listed};
pub use sign_in::sign_in;
pub use standing::Witness;
pub use store::{Accounts, Restored, profile_name};
