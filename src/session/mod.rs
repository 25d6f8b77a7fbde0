//! Accounts on disk and their life: sign-in, refresh, sign-out.

mod account;
mod error;
mod live;
pub mod sign_in;
mod store;

pub use account::Account;
pub use error::Error;
pub use live::{AccessToken, Session, SignOut};
pub use sign_in::sign_in;
pub use store::{Accounts, Restored};
