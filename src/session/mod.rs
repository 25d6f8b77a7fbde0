//! Accounts on disk and their life: sign-in, refresh, sign-out.

mod account;
mod error;
mod held;
mod inspect;
mod live;
mod modes;
mod refresh;
mod schedule;
mod server;
pub mod sign_in;
mod store;
mod stored;

pub use account::Account;
pub use error::Error;
pub use inspect::{Inspection, Lock};
pub use live::{AccessToken, Session, SignOut};
pub use sign_in::sign_in;
pub use store::{Accounts, Restored, profile_name};
